// The policies in the console: read by everybody, drafted by a supervisor, tried on recent orders, published by an admin.

import { findings } from '../stage/axe';
import { fill } from '../stage/catalogues';
import { type Console, expect, test } from '../stage/staff';

const DRAFT = '/staff/policies/tepai/draft';

/** The editor of the draft. */
const editor = (desk: Console, text: string) => desk.page.getByRole('textbox', { name: text, exact: true });

/** The text with another version and first day, and with what else is to be changed. */
function next(text: string, version: string, change: (text: string) => string = (same) => same): string {
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  return change(text)
    .replace(/^version = ".*"/m, `version = "${version}"`)
    .replace(/^since = .*$/m, `since = ${day}`);
}

test('an agent reads what is in force, in words and as it is written, and drafts nothing', async ({ sits, says }) => {
  const { desk } = await sits('wang');
  const { page } = desk;
  await page.goto('/staff');
  await page.getByRole('link', { name: says.frame.policies, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: says.policies.title })).toBeVisible();
  await expect(page.getByText(says.policies.draft_who).first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('link', { name: '2026-01' }).first().click();
  await expect(page.getByRole('heading', { name: says.policies.in_words })).toBeVisible();
  await expect(page.getByRole('region', { name: says.policies.as_written })).toContainText('[cancellation.unpacked]');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('u');
  await expect(page.getByRole('heading', { level: 1, name: says.policies.title })).toBeVisible();
});

test.describe('a draft', () => {
  test.use({ provokes: /404|409/ });

  test('begins from the version in force, names its first mistake by its line, and is tried on recent orders', async ({ sits, says }) => {
    const words = says.policies;
    const { desk } = await sits('zhou');
    const { page } = desk;
    await page.goto(DRAFT);
    const text = editor(desk, words.text);
    await expect(text).toHaveValue(/\[abuse\]/);
    const before = await text.inputValue();
    // All of it is there to be scrolled to, each line beside its number.
    const hidden = await text.evaluate((area) => [
      area.scrollHeight - area.clientHeight,
      area.scrollWidth - area.clientWidth,
    ]);
    expect(hidden, 'what the frame cuts off').toEqual([0, 0]);
    const frame = await text.evaluate((area) => area.parentElement!.scrollHeight - area.offsetHeight);
    expect(frame, 'numbers below the last line').toBeLessThanOrEqual(1);
    const changed = (same: string) => same.replace('free = 20', 'free = "four"').replace('days = 365 ', 'days = 400 ');
    await text.fill(next(before, '2027-01', changed));
    // What was typed is there after a reload, saved or not.
    await page.reload();
    await expect(text).toHaveValue(/free = "four"/);
    await expect(page.getByText(words.unsaved)).toBeVisible();
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByText(words.is_saved)).toBeVisible();
    await expect(page.getByText('abuse.free').first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
    // The keyboard leads to the line and mends it.
    await page.getByRole('button', { name: words.to_line }).focus();
    await page.keyboard.press('Enter');
    await expect(text).toBeFocused();
    await page.keyboard.type('free = 2');
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByText(words.no_mistake)).toBeVisible();
    const rules = page.getByRole('region', { name: words.rules }).last();
    await expect(rules.getByRole('row', { name: /abuse\.free/ })).toContainText('2');
    await page.getByRole('button', { name: fill(words.days, { n: 90 }), exact: true }).click();
    await expect(page.getByText(/90/).last()).toBeVisible();
    // What past orders cannot tell is said to be so: nobody who came too late to complain is on record.
    const check = page.getByRole('region', { name: words.check, exact: true });
    await expect(check.getByText(words.check_silent)).toBeVisible();
    await expect(check.getByText('complaints.days', { exact: true })).toBeVisible();
    await expect(check.getByText('abuse.free', { exact: true })).toHaveCount(0);
    await expect(page.getByText(words.publish_admin)).toBeVisible();
    expect(await findings(page)).toEqual([]);
    // Thrown away, the policy in force is there again.
    await page.getByRole('button', { name: words.discard, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: words.discard_title });
    await expect(dialog.getByRole('button', { name: words.keep })).toBeFocused();
    await dialog.getByRole('button', { name: words.discard_yes }).click();
    await expect(page.getByText(words.discarded)).toBeVisible();
    await expect(text).toHaveValue(before);
  });

  test('saved by two, keeps both texts until one is chosen', async ({ sits, says }) => {
    const words = says.policies;
    const { desk: first } = await sits('zhou');
    const { desk: second } = await sits('admin');
    for (const desk of [first, second]) {
      await desk.page.goto(DRAFT);
      await expect(editor(desk, words.text)).toHaveValue(/\[abuse\]/);
    }
    const text = await editor(first, words.text).inputValue();
    await editor(first, words.text).fill(next(text, '2027-02'));
    await first.page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(first.page.getByText(words.is_saved)).toBeVisible();
    await editor(second, words.text).fill(next(text, '2027-03'));
    await second.page.getByRole('button', { name: words.save, exact: true }).click();
    const theirs = second.page.getByRole('region', { name: words.theirs });
    await expect(theirs).toContainText('2027-02');
    await expect(editor(second, words.text)).toHaveValue(/2027-03/);
    expect(await findings(second.page)).toEqual([]);
    await second.page.getByRole('button', { name: words.keep_mine }).click();
    await second.page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(second.page.getByText(words.is_saved)).toBeVisible();
    // An admin publishes it, having been told what will happen.
    await second.page.getByRole('button', { name: words.publish, exact: true }).click();
    const dialog = second.page.getByRole('dialog', { name: fill(words.publish_title, { version: '2027-03' }) });
    await expect(dialog.getByLabel(words.publish_note)).toBeFocused();
    await dialog.getByRole('button', { name: words.publish_yes }).click();
    await expect(dialog.getByRole('alert')).toContainText(words.note_missing);
    await dialog.getByLabel(words.publish_note).fill('节后新规');
    expect(await findings(second.page)).toEqual([]);
    await dialog.getByRole('button', { name: words.publish_yes }).click();
    await expect(second.page.getByText(words.scheduled).first()).toBeVisible();
    await expect(second.page.getByText('节后新规').first()).toBeVisible();
    await expect(second.page.getByText(words.not_told_yet)).toBeVisible();
    // Who was writing meanwhile loses nothing.
    await editor(first, words.text).fill(next(text, '2027-04'));
    await first.page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(first.page.getByText(words.gone)).toBeVisible();
    await expect(editor(first, words.text)).toHaveValue(/2027-04/);
  });
});
