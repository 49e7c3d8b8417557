/** Browser tests: "screens" against a stand-in server, "shop" against the running product at BASE_URL. */
import { defineConfig } from "@playwright/test";

const STUB_PORT = Number(process.env.STUB_PORT ?? 4173);
const { BASE_URL, CI, CHROMIUM = "/usr/bin/chromium" } = process.env;

export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  workers: 2,
  // Long enough for a machine that is busy with other things: nothing here waits for a time, only for states.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  forbidOnly: Boolean(CI),
  retries: CI ? 2 : 0,
  use: {
    viewport: { width: 1280, height: 800 },
    trace: CI ? "on-first-retry" : "retain-on-failure",
    launchOptions: { executablePath: CHROMIUM, args: ["--no-sandbox"] },
  },
  projects: [
    { name: "screens", testDir: "e2e/screens", use: { baseURL: `http://127.0.0.1:${STUB_PORT}` } },
    // Without a running product its tests are left out by the project's name.
    ...(BASE_URL
      ? [
          {
            name: "shop",
            testMatch: "e2e/*.spec.ts",
            testDir: "e2e",
            testIgnore: "screens/**",
            use: { baseURL: BASE_URL },
          },
        ]
      : []),
  ],
  webServer: {
    command: `node e2e/stub.mjs ${STUB_PORT}`,
    url: `http://127.0.0.1:${STUB_PORT}/`,
    reuseExistingServer: false,
  },
});
