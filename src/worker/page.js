// The page's side of the service worker: registers it once the page has had its time, and tells the application of a
// new version (by `data-update` and an event), which comes in when the shopper says so (another event).

const workers = navigator.serviceWorker;
const build = document.querySelector('meta[name="tepai-build"]')?.content;
/** The least time between two looks for a new version when the page comes back to the front. */
const LOOK_MS = 3600 * 1000;

function announce() {
  document.documentElement.dataset.update = '';
  dispatchEvent(new Event('tepai-update'));
}

async function start() {
  let controlled = Boolean(workers.controller);
  const registration = await workers.register('/sw.js', { updateViaCache: 'none' });

  /** Which versions there are decides what to do: this page may be older than its worker, or newer. */
  const ask = () => {
    if (!controlled) return;
    registration.waiting?.postMessage('build');
    workers.controller?.postMessage('build');
  };
  const follow = (worker) => worker?.addEventListener('statechange', () => worker.state === 'installed' && ask());
  workers.addEventListener('message', ({ data, source }) => {
    if (!data.build) return;
    const waits = source === registration.waiting;
    if (waits && data.build === build) source.postMessage('take-over');
    // A worker that is behind says nothing about the page.
    else if (data.build !== build && (waits || !data.behind)) announce();
  });
  ask();
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));

  addEventListener('tepai-apply', async () => {
    // The page comes from the server, whatever the workers do: Chromium lets the new one in when the old one rests, which
    // may take its time, and may stop the old one in the middle of what it does for the next page.
    await registration.unregister().catch(() => {});
    location.reload();
  });
  workers.addEventListener('controllerchange', () => {
    // This page was there before the worker, which has not seen it yet.
    if (!controlled) workers.controller?.postMessage({ remember: location.pathname + location.search });
    // Another page has let a new version in.
    controlled = true;
    ask();
  });

  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < LOOK_MS) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
}

// Where a browser forbids it (a private window, say), the page works without.
start().catch(() => {});
