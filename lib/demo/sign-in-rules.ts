/** Of everybody in the demo. */
export const DEMO_PASSWORD = "ricarica-demo";
