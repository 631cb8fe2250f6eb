// Deciding on facts by keyboard: j and k go through the cards, a accepts, e corrects, r rejects, ? tells so.
// Without this script each card is a form with its buttons.
"use strict";

const cards = [...document.querySelectorAll("article.finding")];
const keys = document.querySelector("details.keys");
const KEPT = "twinhall.readings.keys"; // single letters can be turned off: speech input would press them
const DEEDS = { a: "accept", e: "correct", r: "reject" };

function current() {
  return cards.indexOf(document.activeElement?.closest("article.finding"));
}

function go(place) {
  const card = cards[Math.min(Math.max(place, 0), cards.length - 1)];
  card?.focus();
  card?.scrollIntoView({ block: "nearest" });
}

function writes(element) {
  // Radio buttons and ticks take no letters.
  return element.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
}

function tell() {
  if (!keys) return;
  keys.open = !keys.open;
  keys.querySelector("summary").focus();
}

function offerSwitch() {
  const box = keys?.querySelector("input[type=checkbox]");
  if (!box) return;
  box.closest("p").hidden = false;
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
}

function decide(card, deed) {
  // Where it is in doubt who is meant, a person says so first.
  const asked = [...card.querySelectorAll("fieldset")].find((group) => !group.querySelector("input:checked"));
  if (deed === "accept" && asked) asked.querySelector("input").focus();
  else card.querySelector(`[data-deed=${deed}]`)?.click();
}

document.addEventListener("keydown", (event) => {
  if (localStorage.getItem(KEPT) === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || writes(event.target)) return;
  if (event.repeat && event.key in DEEDS) return; // a key that is held decides once
  const here = current();
  if (event.key === "j") go(here + 1);
  else if (event.key === "k") go(here < 0 ? 0 : here - 1);
  else if (event.key === "?") tell();
  else if (event.key in DEEDS && here >= 0) decide(cards[here], DEEDS[event.key]);
  else return;
  event.preventDefault();
});

offerSwitch();

// The address names the fact that comes next: its card takes the focus.
const target = document.getElementById(location.hash.slice(1));
if (target?.matches("article.finding")) target.focus();
