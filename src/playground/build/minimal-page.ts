// A page without a design, for a checkout that has no other: it answers what tests ask it.

import { Interpreter, type State } from "../engine/interpreter";
import { register } from "../offline/register";

const base = new URL(".", import.meta.url);
const states: [State, string, number][] = [];
const interpreter = new Interpreter(base, (state, detail) => {
  states.push([state, detail, performance.now()]);
  if (state === "ready") void register(base, () => undefined);
});
Object.assign(globalThis, { playground: { interpreter, states } });
