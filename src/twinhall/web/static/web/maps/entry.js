// Lets MapLibre take over from the server's drawing: where the map comes near, the page is done loading, and
// the reader has not asked to save data. Everything stays as it is where any of it fails.

const OPEN = "twinhall-map-open";
const NEAR = "300px";
const LONGEST_WAIT = 1500;
const MODULES = { party: "./party.js", parties: "./parties.js" };

const isSparing = () => matchMedia("(prefers-reduced-data: reduce)").matches || navigator.connection?.saveData === true;

const idle = () =>
  new Promise((resolve) => {
    const then = () => (window.requestIdleCallback ?? setTimeout)(resolve, { timeout: LONGEST_WAIT });
    if (document.readyState === "complete") then();
    else window.addEventListener("load", then, { once: true });
  });

async function start(element) {
  if (element.dataset.started !== undefined) return;
  element.dataset.started = "";
  await idle();
  try {
    const { open } = await import(MODULES[element.dataset.map]);
    await open(element, JSON.parse(element.dataset.kit));
    element.dataset.started = "done";
  } catch (fault) {
    element.dataset.started = "failed";
    element.classList.add("has-failed");
    console.info("The map was not drawn.", fault);
  }
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) {
        watcher.unobserve(target);
        start(target);
      }
    }
  },
  { rootMargin: NEAR },
);

for (const element of document.querySelectorAll("[data-map]")) {
  if (element instanceof HTMLDetailsElement) {
    // Opened by the reader's own hand: that is asking for it.
    // It stays open from page to page, as when filters are tried.
    element.open = sessionStorage.getItem(OPEN) === "yes";
    element.addEventListener("toggle", () => {
      sessionStorage.setItem(OPEN, element.open ? "yes" : "no");
      if (element.open) start(element);
    });
    if (element.open) start(element);
  } else if (!isSparing()) watcher.observe(element);
}
