import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/problem";
import { TokenKeeper } from "@/features/staff/model/keeper";

const OLD = { access_token: "old", refresh_token: "r" };
const NEW = { access_token: "new", refresh_token: "r2" };
const unauthorised = () => new ApiError("problem", 401, "not_signed_in", "");

/** A server that takes only the new token, and says how often it was asked. */
const server = vi.fn(async (token: string) => {
  if (token !== NEW.access_token) throw unauthorised();
  return "answer";
});

beforeEach(() => {
  server.mockClear();
  window.localStorage.setItem("support.staff", JSON.stringify(OLD));
});

test("a token that ran out is renewed once for all calls, and each goes on", async () => {
  let renewals = 0;
  const keeper = new TokenKeeper(
    async () => {
      renewals += 1;
      return NEW;
    },
    () => undefined,
  );
  expect(await Promise.all([keeper.run(server), keeper.run(server)])).toEqual(["answer", "answer"]);
  expect(renewals).toBe(1);
  expect(keeper.current).toEqual(NEW);
});

test("when renewing is refused the call waits, and goes on after a new sign-in", async () => {
  let expired = 0;
  const keeper = new TokenKeeper(
    () => Promise.reject(unauthorised()),
    () => {
      expired += 1;
    },
  );
  const call = keeper.run(server);
  await vi.waitFor(() => expect(expired).toBe(1));
  expect(server).toHaveBeenCalledTimes(1);
  keeper.keep(NEW);
  expect(await call).toBe("answer");
});

test("whoever signs out instead ends the calls that waited", async () => {
  let expired = false;
  const keeper = new TokenKeeper(
    () => Promise.reject(unauthorised()),
    () => {
      expired = true;
    },
  );
  const call = keeper.run(server);
  const refused = expect(call).rejects.toMatchObject({ code: "signed_out" });
  await vi.waitFor(() => expect(expired).toBe(true));
  keeper.keep(null);
  await refused;
  expect(window.localStorage.getItem("support.staff")).toBeNull();
});

test("a lost line is no end of the session", async () => {
  const keeper = new TokenKeeper(
    () => Promise.reject(new ApiError("network", 0, "network", "")),
    () => {
      throw new Error("nobody has to sign in again");
    },
  );
  await expect(keeper.run(server)).rejects.toMatchObject({ kind: "network" });
});

test("signing out in one tab is signing out in all, and a renewed token serves them all", async () => {
  const keeper = new TokenKeeper(() => Promise.reject(unauthorised()), vi.fn());
  const heard = vi.fn();
  const stop = keeper.follow(heard);
  window.localStorage.setItem("support.staff", JSON.stringify(NEW)); // as the other tab leaves it
  expect(await keeper.run(server)).toBe("answer");
  window.localStorage.removeItem("support.staff");
  window.dispatchEvent(new StorageEvent("storage", { key: "support.staff" }));
  expect(heard).toHaveBeenLastCalledWith(null);
  expect(keeper.current).toBeNull();
  stop();
});
