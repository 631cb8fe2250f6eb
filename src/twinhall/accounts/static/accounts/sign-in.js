// Binds allauth's script to the button of the sign-in page.
window.allauth.webauthn.forms.loginForm({ ids: { login: "sign-in-by-key", credential: "credential" } });
