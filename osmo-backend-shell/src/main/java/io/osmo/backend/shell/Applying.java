// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Progress;
import io.osmo.backend.plan.Plan;
import java.util.concurrent.CountDownLatch;

/** Applies a plan: asks for confirmation, shows progress, and cancels on Ctrl-C. */
final class Applying {
    private final ResultCommand command;
    private final OsmoBackends osmo;
    private final String again;

    /** @param again the command that resumes a cancelled apply */
    Applying(ResultCommand command, OsmoBackends osmo, String again) {
        this.command = command;
        this.osmo = osmo;
        this.again = again;
    }

    /** Whether the user has confirmed, by an option or by answering a question. */
    boolean agreed(Plan plan, boolean yes) {
        if (yes || plan.isEmpty()) {
            return true;
        }
        Console console = command.shell().console();
        if (command.json() && console.ask().isPresent()) {
            command.tell(plan);
        }
        return console.ask()
                .map(ask -> ask.apply("Carry out this plan? Type the name of the backend ("
                                + plan.ref().name() + "): ")
                        .strip()
                        .equals(plan.ref().name()))
                .orElseThrow(() -> new UnusableException(
                        "There is no terminal to ask on: add --yes to carry out the plan without a question."));
    }

    Backend apply(Plan plan, ApplyOptions options) {
        Console console = command.shell().console();
        ApplyHandle handle = osmo.start(
                plan,
                options.listener(
                        command.json()
                                ? Progress.jsonLines(console.out())
                                : console.colored() ? Progress.console() : Progress.lines(console.err())));
        CountDownLatch ended = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> cancel(handle, ended), "osmo-backend-cancel");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            return handle.await();
        } finally {
            ended.countDown();
            removeHook(onInterrupt);
        }
    }

    /** The JVM waits for this thread, so calls under way can end. */
    private void cancel(ApplyHandle handle, CountDownLatch ended) {
        command.tell("Cancelling: calls under way are waited for. To resume: " + again);
        handle.cancel();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs, or has run.
        }
    }
}
