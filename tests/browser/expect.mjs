// What tests say when something is not as it should be.
export function equal(found, expected, what) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a} is not ${b}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const WIDE = { viewport: { width: 1440, height: 900 } };
export const COMPONENTS = "/manual/components/";
export const DOCKER = "/deployment/docker-reverse-proxy/";
export const PAIRING = "/operations/pairing-and-permissions/";
