// What the suite in the page's Python consists of.

/** The packages that tests import and that have no compiled modules. */
export const PACKAGES = [
  "attrs",
  "dnspython",
  "hypothesis",
  "iniconfig",
  "packaging",
  "pluggy",
  "pygments",
  "pytest",
  "sortedcontainers",
];

export const LEFT_OUT = new Map([]);
