// What tests say when something is not as it should be.
export function equal(found, expected, what) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a} is not ${b}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}

// Waits for what comes, however busy the machine is; what never comes fails with these words.
export async function comes(page, what, test, argument) {
  await page.waitForFunction(test, argument).catch((error) => {
    throw new Error(`${what} never comes: ${error.message}`);
  });
}

// Waits until the page has done what it had begun, and until a line of it has arrived: whatever it
// asked for or complained of before has arrived then, too.
export async function idle(page) {
  const last = "the last line";
  await Promise.all([
    page.waitForEvent("console", (message) => message.text() === last),
    page.evaluate((line) => new Promise((done) => {
      requestAnimationFrame(() => requestIdleCallback(() => done(console.info(line))));
    }), last),
  ]);
}

// Waits until the page stands still: it has scrolled nowhere for ten frames.
export async function still(page) {
  await page.evaluate(() => new Promise((done) => {
    let [at, frames] = [scrollY, 0];
    const look = () => {
      frames = scrollY === at ? frames + 1 : 0;
      at = scrollY;
      if (frames < 10) requestAnimationFrame(look);
      else done();
    };
    look();
  }));
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const WIDE = { viewport: { width: 1440, height: 900 } };
export const COMPONENTS = "/manual/components/";
export const DOCKER = "/deployment/docker-reverse-proxy/";
export const PAIRING = "/operations/pairing-and-permissions/";
