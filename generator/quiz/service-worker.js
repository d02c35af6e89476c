/**
 * Keeps a version of the site in the browser, complete or not at all, and answers from it until the
 * reader has agreed to the next one or has closed all pages of the site. Without files, it takes
 * back what an earlier one has kept, and itself.
 *
 * What other hosts serve, and what is not listed, goes to the network as if this were not here.
 */

/**
 * What the build writes before this script.
 * @typedef {object} Version
 * @property {string} version
 * @property {Record<string, string> | null} files paths from the root, each with a hash of its content
 */

const worker = /** @type {ServiceWorkerGlobalScope & {stagebookVersion: Version}} */ (
  /** @type {unknown} */ (globalThis)
);
const { files, version } = worker.stagebookVersion;
const { scope } = worker.registration;
/** Other sites of the same host have caches of their own: the space ends the scope. */
const prefix = `stagebook ${scope} `;
const cacheName = prefix + version;
/** So many files are asked for at once. */
const AT_ONCE = 4;
const GONE = [404, 410];
const MISSING = [...GONE, 401, 403];

/** @param {string} path */
const addressOf = (path) => scope + path.split("/").map(encodeURIComponent).join("/");

/**
 * The same content has the same key in all versions, and is loaded once.
 * @param {string} path
 */
const keyOf = (path) => `${addressOf(path)}?stagebook=${files?.[path]}`;

/** Load what is not kept yet; if anything is wrong, the browser tries again later. */
async function fill() {
  const cache = await caches.open(cacheName);
  const waiting = Object.entries(files ?? {}).values();
  const work = async () => {
    for (const [path, hash] of waiting) await keep(cache, path, hash);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * @param {Cache} cache
 * @param {string} path
 * @param {string} hash
 */
async function keep(cache, path, hash) {
  const key = keyOf(path);
  const kept = await caches.match(key, { ignoreVary: true });
  if (kept) return cache.put(key, kept);
  const address = addressOf(path);
  const response = await fetch(address, { cache: "no-cache" });
  // A host may refuse a file: it is then not kept.
  if (MISSING.includes(response.status)) return;
  const body = await response.arrayBuffer();
  // It may be of another version, or a form to sign in.
  if (!response.ok || !(await hashOf(body)).startsWith(hash)) {
    throw new Error(`Another content than that of version ${version}: ${address}`);
  }
  const headers = new Headers(response.headers);
  headers.delete("Vary");
  // Not the response itself: if it was redirected, it would not be taken for a page.
  await cache.put(key, new Response(body, { headers }));
}

/** @param {ArrayBuffer} body */
async function hashOf(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Return the path of the file that answers a request, if it is one of this version.
 * @param {Request} request
 */
function find({ headers, method, url }) {
  if (method !== "GET" || headers.has("Range") || !url.startsWith(scope)) return null;
  const path = decode(new URL(url).pathname.slice(new URL(scope).pathname.length));
  const names = path.endsWith("/") || !path ? ["index.html"] : ["", ".html", "/index.html"];
  const found = names.map((end) => path + end).find((one) => files && Object.hasOwn(files, one));
  return found ?? null;
}

/** @param {string} path */
function decode(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function answer(request, path) {
  const address = new URL(request.url);
  // Links on the page of a folder need the slash.
  if (path.endsWith("/index.html") && !/\/(?:index(?:\.html)?)?$/.test(address.pathname)) {
    return Response.redirect(`${address.origin}${address.pathname}/${address.search}`);
  }
  // A browser in need of space may have taken it away; to open the cache would make it anew.
  const kept = await caches.match(keyOf(path), { cacheName, ignoreVary: true });
  return kept ?? fetch(request);
}

/** @param {string} [kept] the cache to keep */
async function clear(kept) {
  const old = (await caches.keys()).filter((one) => one.startsWith(prefix) && one !== kept);
  await Promise.all(old.map((one) => caches.delete(one)));
}

/** Go away, with all that is kept. */
async function leave() {
  await clear();
  await worker.registration.unregister();
}

/** Take over from an earlier version, if no other page of the site is open; return how many are. */
async function takeOver() {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const others = pages.filter(({ url }) => url.startsWith(scope)).length - 1;
  if (others < 1) await worker.skipWaiting();
  return others;
}

/** Go away if the host has no worker any more. */
async function check() {
  const response = await fetch(worker.location.href, { cache: "no-store", method: "HEAD" });
  if (GONE.includes(response.status)) await leave();
}

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) =>
  event.waitUntil(files ? clear(cacheName).then(() => worker.clients.claim()) : leave()),
);
worker.addEventListener("message", (event) => {
  const { data, ports } = event;
  if (data === "skip") event.waitUntil(takeOver().then((others) => ports[0]?.postMessage(others)));
  if (data === "check") event.waitUntil(check());
});
if (files) {
  worker.addEventListener("fetch", (event) => {
    const path = find(event.request);
    if (path) event.respondWith(answer(event.request, path));
  });
}
