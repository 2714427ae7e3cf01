// How the pictures are taken: as the stories are run, from another folder.

import base from '../playwright.config';

export default {
  ...base,
  testDir: '.',
  globalSetup: '../stage/seed.ts',
  outputDir: '../test-results',
  projects: [{ name: 'look' }],
};
