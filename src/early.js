// Before the program is there: links of the page that the server rendered are followed without leaving the document.
// Otherwise each page would break off the download of the program and begin it anew. Whatever is out of the ordinary is
// left to the browser, which knows how to follow a link by itself. Inlined into the page; does nothing once the program
// has taken over.
{
  const find = (id) => document.getElementById(id);
  const address = (url) => url.pathname + url.search;
  const without_dialog = (url) => url.pathname.replace(/\/cancel$/, "");
  /** What has been left, by its place in the history. */
  const left = [];
  let place = 0;
  let shown = new URL(location.href);
  /** What is on its way. */
  let coming;

  const leave = () => {
    left[place] = { body: find("served"), start: find("start").textContent, title: document.title, url: shown, top: scrollY };
  };

  const show = (page, top) => {
    // Style and content at once: between them, everything would be laid out anew.
    document.head.append(...(page.more ?? []));
    find("served").replaceWith(page.body);
    find("start").textContent = page.start;
    document.title = page.title;
    shown = page.url;
    scrollTo(0, top);
    const first = (selector) => page.body.querySelector(selector);
    (first("[autofocus]") ?? first("h1[tabindex]") ?? first("main"))?.focus({ preventScroll: true });
  };

  /** The page in an answer; nothing when it is another build's, in another language, or none of those that are shown so. */
  const read = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const body = page.getElementById("served");
    const build = (document) => document.querySelector("meta[name=tepai-build]")?.content;
    const url = new URL(answer.url);
    if (!body || !ours(url) || build(page) !== build(document) || page.documentElement.lang !== document.documentElement.lang) return;
    const style = page.getElementById("later-style");
    const more = style && !find("later-style") ? [style] : [];
    for (const link of page.querySelectorAll("link[data-later]")) {
      if (document.querySelector(`link[href="${link.getAttribute("href")}"]`)) continue;
      // Otherwise the script that starts the program sees to it.
      if (document.querySelector("link[data-later][rel]")) link.rel = link.dataset.later;
      more.push(link);
    }
    return { body, url, more, start: page.getElementById("start").textContent, title: page.title };
  };

  const go = async (url) => {
    const mine = (coming = url);
    find("served").setAttribute("aria-busy", "true");
    // Only what this document does not have; the style of later pages comes once.
    const part = find("later-style") ? "body" : "body, style";
    const answer = fetch(url, { headers: { Accept: "text/html", "X-Tepai-Part": part } });
    const page = await answer.then(read).catch(() => {});
    // The shopper has thought of something else.
    if (coming !== mine) return;
    coming = undefined;
    const body = find("served");
    body?.removeAttribute("aria-busy");
    if (!body) {
      // The program was faster.
      history.pushState(null, "", url);
      dispatchEvent(new PopStateEvent("popstate"));
    } else if (page) {
      const same = without_dialog(page.url) === without_dialog(shown);
      leave();
      place += 1;
      left.length = place;
      history.pushState({ place }, "", page.url);
      show(page, same ? scrollY : 0);
    } else {
      location.assign(url);
    }
  };

  const ours = (url) => url.origin === location.origin && /^\/(orders|refunds)(\/|$)/.test(url.pathname) && !url.searchParams.has("lang");

  addEventListener("click", (event) => {
    const link = event.target.closest?.("#served a[href]");
    // Who comes back has the program already, and pages that were seen before.
    if (!link || link.target || event.defaultPrevented || navigator.serviceWorker?.controller) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (!ours(url) || url.hash || !find("start")) return;
    event.preventDefault();
    if (coming?.href !== url.href) go(url);
  });

  // Where the app is not there yet, the cross of an open dialog is a link.
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") document.querySelector("#served .dialog-head a")?.click();
  });

  addEventListener("popstate", ({ state }) => {
    if (!find("served") || !find("start") || address(location) === address(shown)) return;
    coming = undefined;
    const page = left[state?.place ?? 0];
    if (!page || address(page.url) !== address(location)) return location.reload();
    leave();
    place = state?.place ?? 0;
    show(page, page.top);
  });
}
