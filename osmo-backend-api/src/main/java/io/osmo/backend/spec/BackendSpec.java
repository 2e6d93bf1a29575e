// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * What is wanted of one OSMO backend. Immutable; made by {@link #builder} or read from YAML or JSON, and therefore always
 * valid as far as that can be told without asking the cloud. Two specs that say the same are equal.
 */
@Value.Immutable
@SpecStyle
public interface BackendSpec {
    /** Name of the backend, of its cluster, and the value of its ownership tag. */
    String name();

    /** Provider id, such as {@code aws}. */
    String provider();

    /** Region in the cloud's own spelling, such as {@code us-west-2}. */
    String region();

    Profile profile();

    /** Minor version such as {@code 1.35}; empty means the newest that the cloud offers as generally available. */
    Optional<String> kubernetesVersion();

    /** The operator pool; empty only in the development profile. */
    Optional<NodePool> operatorPool();

    /** CPU and GPU pools in the order in which they were given. */
    List<NodePool> computePools();

    Network network();

    ApiEndpoint apiEndpoint();

    Storage storage();

    Backup backup();

    List<PullSecret> pullSecrets();

    Encryption encryption();

    /** The OSMO service that this backend registers with; empty when it is connected later by other means. */
    Optional<OsmoService> osmo();

    /** Principals (role ARNs, groups, in the cloud's own spelling) that become cluster administrators. */
    List<String> admins();

    /** Whether the cloud's own deletion protection is set on the cluster. */
    boolean deletionProtection();

    /** Tags or labels for everything that is created, beside the ownership tags. */
    Map<String, String> tags();

    /** Typed settings of the provider; empty means the provider's defaults. */
    Optional<ProviderSettings> settings();

    /** All pools, the operator pool first. */
    default List<NodePool> pools() {
        return Stream.concat(operatorPool().stream(), computePools().stream()).toList();
    }

    default BackendRef ref() {
        return new BackendRef(provider(), region(), name());
    }

    /** Starts a spec. The name is that of the backend and of its cluster. */
    static BackendSpecBuilder builder(String name) {
        return new BackendSpecBuilder(name);
    }

    /** A builder that says the same as this spec, defaults included, to be changed. */
    default BackendSpecBuilder toBuilder() {
        return BackendSpecBuilder.of(this);
    }

    /** The same spec, whose secrets that are only named ({@code external: name}) come from the resolver when needed. */
    default BackendSpec withSecrets(SecretResolver resolver) {
        return BackendSpecBuilder.of(this).resolveSecrets(resolver).build();
    }
}
