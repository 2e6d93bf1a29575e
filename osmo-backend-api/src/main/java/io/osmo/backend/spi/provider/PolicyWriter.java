// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.permission.Use;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Writes policies of one cloud that grant actions, limited to one backend as far as the cloud supports it. Pure. */
@FunctionalInterface
public interface PolicyWriter {
    List<PolicyDocument> write(Request request);

    /**
     * What the policies must grant.
     *
     * @param account account of the backend, if known
     * @param spec spec of the backend, if known
     * @param actions actions to grant; not empty
     */
    record Request(
            BackendRef ref, Optional<String> account, Optional<BackendSpec> spec, Use use, SortedSet<String> actions) {}
}
