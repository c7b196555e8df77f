import { expect, it } from "vitest";
import { onlyHere } from "$parts/copy";
import { qrOf } from "./qr";

it("draws a QR code with its three corner marks and a quiet border", () => {
  const qr = qrOf("http://192.168.1.20:8000/g/K7QX2M");

  expect(qr.size).toBeGreaterThanOrEqual(25);
  expect(qr.path).toContain("M2 2h1v1h-1z");
  expect(qr.path).toContain(`M${qr.size - 3} 2h1v1h-1z`);
  expect(qr.path).toContain(`M2 ${qr.size - 3}h1v1h-1z`);
  expect(qr.path).not.toContain("M0 ");
  expect(qr.path).not.toContain("M1 ");
});

it("knows the addresses only this computer can open", () => {
  expect(["localhost", "127.0.0.1", "127.0.1.1", "[::1]"].every(onlyHere)).toBe(true);
  expect(["192.168.1.20", "minotaur.example", "10.127.0.1"].some(onlyHere)).toBe(false);
});
