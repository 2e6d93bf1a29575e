// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import java.util.regex.Pattern;

/** A service with a file of backends takes the address from there only, and has none if it is left out. */
public final class RouterAddress extends OsmoCheck {
    private static final Pattern ADDRESS = Pattern.compile("wss?://[^/\\s]+.*");

    public RouterAddress() {
        super("osmo.router-address", "a router address, for exec and port forwarding", Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return connected(osmo, backend -> {
            String address = backend.routerAddress();
            return ADDRESS.matcher(address).matches()
                    ? pass(address)
                    : breach(
                            address.isEmpty() ? "no router address" : "the router address " + address,
                            "Set router_address of the backend in the values of the OSMO service to its URL with wss:.");
        });
    }
}
