// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.List;
import org.immutables.value.Value;

/** Who can reach the Kubernetes API (SC-3). */
@Value.Immutable
@SpecStyle
public interface ApiEndpoint {
    /** Whether the API is reachable from the internet at all. The private endpoint is always on. */
    boolean publicAccess();

    /** IPv4 ranges that may reach the public endpoint. */
    List<String> publicCidrs();
}
