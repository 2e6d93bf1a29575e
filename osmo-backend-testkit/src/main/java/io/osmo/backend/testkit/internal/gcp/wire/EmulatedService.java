// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import java.util.List;

/** One emulated service of Google Cloud. */
public interface EmulatedService {
    /** Registers the methods of the service. */
    void serve(Dispatcher dispatcher);

    /** What exists, one line each, without ids and times. */
    default List<String> inventory() {
        return List.of();
    }
}
