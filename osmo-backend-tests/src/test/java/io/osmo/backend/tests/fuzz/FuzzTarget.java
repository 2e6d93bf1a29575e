// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.fuzz;

import net.jqwik.api.lifecycle.AfterContainer;

/** A class of properties about parsers: prints at its end how many inputs each had. */
public abstract class FuzzTarget {
    @AfterContainer
    static void tell() {
        Tries.tell();
    }
}
