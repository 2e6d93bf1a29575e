// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import org.immutables.value.Value;

/** Credentials for one registry (RG-2, RG-3), created as an image pull secret in both OSMO namespaces. */
@Value.Immutable
@SpecStyle
public interface PullSecret {
    /** Name of the Kubernetes Secret, derived from the registry unless given. */
    String secretName();

    /** Registry host, with a port if it has one, such as {@code nvcr.io}. */
    String registry();

    String username();

    Secret password();
}
