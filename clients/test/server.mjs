import { execFile, spawn } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";

const program = process.env.NEWSGRAPH ?? resolve("../bin/newsgraph");

// Runs the program to its end.
export async function newsgraph(...args) {
  return (await promisify(execFile)(program, args)).stdout;
}

// Starts the program, which serves, and returns where; stop ends it.
export async function serving(...args) {
  const child = spawn(program, [...args, "--addr", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((end) => child.once("exit", end));
  let said = "";
  for await (const part of child.stdout) {
    said += part;
    const address = /serving (http:\S+)\/\n/.exec(said);
    if (!address) continue;
    const stop = async () => {
      child.kill();
      await ended;
    };
    return { url: `${address[1]}/graphql`, stop };
  }
  throw new Error(`newsgraph ${args.join(" ")} ended before it served: ${said}`);
}
