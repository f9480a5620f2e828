// One press of «Увійти» is one attempt: a double click must not count as two wrong PINs.

const form = document.getElementById("sign-in");
let sent = false;
form.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => (sent = false));
