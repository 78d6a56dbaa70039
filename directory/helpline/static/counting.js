// Counting a call when it ends, where the operator has calls counted and somebody ticked it. Nothing is sent otherwise.

import { call } from "./call.js";
import { NoAnswer, post } from "./talk.js";

const form = document.querySelector("#end-dialog form");

form.addEventListener("submit", async (event) => {
  const ticked = new FormData(form);
  const given = ticked.get("given") || String(call.now.kept.length);
  form.reset();
  if (event.submitter?.value !== "end" || !ticked.get("count")) return;
  ticked.set("given", given);
  try {
    await post("/helpline/count", ticked);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
});
