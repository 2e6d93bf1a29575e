// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

/** Does something if the process is ended before it is closed: by SIGTERM, by SIGINT, or by its last thread, but not by SIGKILL. */
final class ShutdownHook implements AutoCloseable {
    private final Thread thread;

    private ShutdownHook(Thread thread) {
        this.thread = thread;
    }

    static ShutdownHook register(Runnable action) {
        Thread thread = new Thread(action, "osmo-backend-probe-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The process is ending already; what is begun now is removed by a later run.
            return new ShutdownHook(thread);
        }
        return new ShutdownHook(thread);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook runs.
        }
    }
}
