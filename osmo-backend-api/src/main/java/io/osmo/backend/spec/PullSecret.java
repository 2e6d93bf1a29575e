// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Locale;
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

    /** Name of the Kubernetes Secret when none is given: {@code nvcr-io-pull} for {@code nvcr.io}. */
    static String defaultName(String registry) {
        return registry.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-pull";
    }
}
