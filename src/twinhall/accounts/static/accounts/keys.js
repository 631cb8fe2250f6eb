// Says so when no passkey or security key answers; allauth's script only tells the console.
document.addEventListener("allauth.error", (event) => {
  const notice = document.getElementById("no-key");
  event.preventDefault();
  notice.hidden = false;
  notice.scrollIntoView({ block: "center" });
});
