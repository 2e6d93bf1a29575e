// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.internal.spec.DiscoveredSettings;
import io.osmo.backend.internal.spec.SpecReader;
import io.osmo.backend.internal.spec.SpecWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * The description of one OSMO backend. Immutable; built by {@link #builder} or read from YAML or JSON, and always valid as far
 * as that can be checked without calling the cloud. Two specs with the same content are equal.
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

    /** The OSMO service that this backend registers with; empty if it is connected by other means. */
    Optional<OsmoService> osmo();

    /** Helm charts to install, in the order in which they were given. */
    List<Chart> charts();

    /** Principals (role ARNs, groups, in the cloud's own spelling) that become cluster administrators. */
    List<String> admins();

    /** Whether the cloud's own deletion protection is set on the cluster. */
    boolean deletionProtection();

    /** What happens when the cloud has a newer image for the nodes. */
    NodeImages nodeImages();

    /** Tags or labels for everything that is created, in addition to the ownership tags. */
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

    /**
     * Reads a spec from YAML; {@code docs/spec.md} describes the format. The {@code CloudProvider} on the class path with the
     * spec's provider id reads the settings.
     *
     * @throws InvalidSpecException with all violations, both of the document's format and of the spec
     */
    static BackendSpec fromYaml(String text) {
        return SpecReader.yaml(text, new DiscoveredSettings()).spec();
    }

    /** Reads a spec from YAML, with settings read by {@code settings}; otherwise as {@link #fromYaml(String)}. */
    static BackendSpec fromYaml(String text, ProviderSettings.Reader settings) {
        return SpecReader.yaml(text, settings).spec();
    }

    /** Reads a spec from JSON of the same structure; otherwise as {@link #fromYaml(String)}. */
    static BackendSpec fromJson(String text) {
        return SpecReader.json(text, new DiscoveredSettings()).spec();
    }

    /** Reads a spec from JSON, with settings read by {@code settings}; otherwise as {@link #fromYaml(String)}. */
    static BackendSpec fromJson(String text, ProviderSettings.Reader settings) {
        return SpecReader.json(text, settings).spec();
    }

    /** This spec as YAML, defaults written out, secrets as references only. Reading it again gives an equal spec. */
    default String toYaml() {
        return SpecWriter.yaml(this);
    }

    /** This spec as JSON, of the same structure as {@link #toYaml()}. */
    default String toJson() {
        return SpecWriter.json(this);
    }

    /** A builder with everything that this spec says, including defaults, to derive a changed spec from it. */
    default BackendSpecBuilder toBuilder() {
        return BackendSpecBuilder.of(this);
    }

    /**
     * The same spec with one pool replaced or added. For the engine: the result is not validated.
     *
     * @param pool replaces the pool of the same name; added if there is none
     */
    default BackendSpec withPool(NodePool pool) {
        List<NodePool> pools = new ArrayList<>(computePools());
        if (operatorPool().filter(each -> each.name().equals(pool.name())).isPresent()) {
            return ImmutableBackendSpec.builder().from(this).operatorPool(pool).build();
        }
        if (pools.stream().noneMatch(each -> each.name().equals(pool.name()))) {
            pools.add(pool);
        }
        pools.replaceAll(each -> each.name().equals(pool.name()) ? pool : each);
        return ImmutableBackendSpec.builder().from(this).computePools(pools).build();
    }

    /** The same spec, with secrets that are only named ({@code external: name}) taken from the resolver when needed. */
    default BackendSpec withSecrets(SecretResolver resolver) {
        return BackendSpecBuilder.of(this).resolveSecrets(resolver).build();
    }
}
