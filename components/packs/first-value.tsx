"use client";

import { useState } from "react";

/** A hidden field that keeps the value with which it was first drawn, whatever the page says when it is refreshed. */
export function FirstValue({ name, value }: { name: string; value: string }) {
  const [first] = useState(value);
  return <input type="hidden" name={name} value={first} />;
}
