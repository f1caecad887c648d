// Light, dark, or what the system says; set before anything is drawn.
(() => {
  const names = ["system", "light", "dark"];
  const stored = () => {
    try {
      return localStorage.getItem("tandem-theme") ?? "system";
    } catch {
      return "system"; // storage is switched off
    }
  };
  let theme = names.includes(stored()) ? stored() : "system";
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const apply = () => {
    const shown = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset.theme = shown;
    const button = document.getElementById("theme");
    if (button) button.textContent = `Theme: ${theme}`;
    dispatchEvent(new Event("theme"));
  };
  apply();
  dark.addEventListener("change", apply);
  addEventListener("DOMContentLoaded", () => {
    apply();
    document.getElementById("theme").addEventListener("click", () => {
      theme = names[(names.indexOf(theme) + 1) % names.length];
      try {
        localStorage.setItem("tandem-theme", theme);
      } catch {
        // for this page alone then
      }
      apply();
    });
  });
})();
