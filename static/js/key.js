// Keys (WebAuthn): the button asks the browser, the answer goes with the form. webauthn-json.js comes first.

const data = document.getElementById("key-data");
const REFUSED = "Nie udało się użyć klucza. Spróbuj ponownie albo wybierz inny sposób.";

async function question(form, mode) {
  if (mode !== "login") return JSON.parse(data.textContent);
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const response = await fetch(form.action, { method: "POST", body });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

async function answer(form, mode) {
  const asked = await question(form, mode);
  if (mode !== "create") return webauthnJSON.get(asked.request_options);
  const alone = form.elements.passwordless?.checked ?? false;
  const wanted = asked.creation_options.publicKey.authenticatorSelection;
  wanted.residentKey = alone ? "required" : "discouraged";
  wanted.requireResidentKey = alone;
  if (alone) wanted.userVerification = "required";
  return webauthnJSON.create(asked.creation_options);
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-key]") : []) {
  form.querySelector("button").disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector("[data-key-error]");
    error.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await answer(form, form.dataset.key));
      form.submit();
    } catch {
      error.textContent = REFUSED;
    }
  });
}
