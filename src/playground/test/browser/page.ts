// A page without a design: tests ask its interpreter.

import { Interpreter, LIMITS, type State } from "../../engine/interpreter";
import { register } from "../../offline/register";

const base = new URL(".", import.meta.url);
const states: [State, string, number][] = [];
let updates = 0;
LIMITS.silence = Number(new URLSearchParams(location.search).get("silence")) || LIMITS.silence;

const interpreter = new Interpreter(base, (state, detail) => {
  states.push([state, detail, performance.now()]);
  if (state === "ready" && !location.search) void register(base, () => updates++);
});
Object.assign(globalThis, { playground: { interpreter, limits: LIMITS, states, updates: () => updates } });
