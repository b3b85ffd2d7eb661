// Short addresses: what was left empty is not sent. Without scripts the page works the same.
document.addEventListener("htmx:configRequest", (event) => {
  const { formData } = event.detail;
  for (const name of new Set(formData.keys())) {
    const given = formData.getAll(name).filter((value) => value.trim() !== "");
    formData.delete(name);
    for (const value of given) formData.append(name, value);
  }
});
