// The desk was loaded anew after its session had ended. Logging in loads it once more in the same entry of the tab's history, which
// holds its list.

const form = document.querySelector("main form");
const problem = form.querySelector(".problem");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const data = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Helpline-Desk": "1" }, cache: "no-store" });
    if (answer.ok) return location.reload();
    problem.textContent = (await answer.json()).problem;
    problem.hidden = false;
    return form.elements.password.select();
  } catch {
    return form.submit(); // as without a script
  }
});
