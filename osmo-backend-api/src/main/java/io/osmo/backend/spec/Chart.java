// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/** A Helm chart that is installed in the backend's cluster, as a release that Helm's own commands know. */
@Value.Immutable
@SpecStyle
public interface Chart {
    /** Name of the Helm release. */
    String name();

    /** Namespace of the release, by default of the same name; created if it does not exist. */
    String namespace();

    /**
     * Where the chart is: a directory, a {@code .tgz} archive, an {@code https://} repository, an {@code oci://} reference, or a
     * {@code .yaml} file of manifests that are already rendered.
     */
    String location();

    /** Name of the chart in an {@code https://} repository, or the name that rendered manifests are recorded under. */
    Optional<String> chart();

    /** Exact version of the chart; empty only for a directory or an archive, which contain it. */
    Optional<String> version();

    /** The digest that the archive must have, {@code sha256:} and 64 hexadecimal digits; empty when any is accepted. */
    Optional<String> digest();

    /**
     * Values for the chart: maps, lists, texts, numbers, booleans, and null, which removes a default of the chart. Cannot be modified.
     * They are recorded in the cluster in plain text, so they hold no secrets.
     */
    Map<String, @Nullable Object> values();

    /** User of the repository or registry; empty for anonymous access. */
    Optional<String> username();

    /** Password of {@link #username}. */
    Optional<Secret> password();

    /** How long the release may take to become ready, in minutes. */
    int deadlineMinutes();

    OnFailure onFailure();

    /** Whether a release of this name that Helm has installed, or objects of it, are taken over. */
    boolean adopt();

    Definitions crds();

    /** {@link #deadlineMinutes} as a duration. */
    default Duration deadline() {
        return Duration.ofMinutes(deadlineMinutes());
    }

    /** What happens when the release does not become ready within its deadline. */
    enum OnFailure {
        /** It stays as it is, and the next apply resumes. */
        KEEP,
        /** The objects of the last recorded release are applied again. A first installation stays as it is. */
        ROLLBACK
    }

    /** What happens to the chart's custom resource definitions when it is uninstalled. */
    enum Definitions {
        /** They stay, and with them every object of their kinds. */
        KEEP,
        /** They are deleted, and with them every object of their kinds. */
        DELETE
    }
}
