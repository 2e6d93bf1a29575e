// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.values;

import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.internal.values.DiscoveredDefaults;
import io.osmo.backend.internal.values.Tree;
import io.osmo.backend.internal.values.ValuesOfSpec;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values for OSMO's Helm charts, derived from a spec: those for the operator's chart, which is installed in the backend's cluster, and
 * those to merge into the values of the service. They refer to Secrets by name and contain none. Immutable.
 *
 * <p>See {@code docs/osmo.md} for what to do with them.
 */
public final class OsmoValues {
    private final String release;
    private final Map<String, Object> operator;
    private final Map<String, Object> service;
    private final List<String> notes;

    private OsmoValues(ValuesOfSpec values) {
        this.release = values.release();
        this.operator = Tree.frozen(values.operator());
        this.service = Tree.frozen(values.service());
        this.notes = List.copyOf(values.notes());
    }

    /**
     * The values before the cluster exists. They have no network policy, because the address ranges are not known, and no resource limits
     * for tasks on pools that start without nodes.
     *
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec) {
        return new OsmoValues(new ValuesOfSpec(spec, discovered(spec), Optional.empty(), Optional.empty()));
    }

    private static Optional<ServiceDefaults> discovered(BackendSpec spec) {
        return DiscoveredDefaults.of(spec.provider());
    }

    /**
     * Like {@link #of(BackendSpec)}, but does not need the provider on the class path.
     *
     * @param service what the provider's managed service does by default
     * @param ranges address ranges of the existing or planned cluster; without them there is no network policy
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec, ServiceDefaults service, Optional<AddressRanges> ranges) {
        return new OsmoValues(new ValuesOfSpec(spec, Optional.of(service), Optional.empty(), ranges));
    }

    /**
     * Like {@link #of(BackendSpec, CloudFacts)}, but does not need the provider on the class path.
     *
     * @param service what the provider's managed service does by default
     * @param facts what the cloud says about the backend
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec, ServiceDefaults service, CloudFacts facts) {
        return new OsmoValues(new ValuesOfSpec(spec, Optional.of(service), Optional.of(facts), Optional.empty()));
    }

    /**
     * The values for an existing cluster, with the network policy and with resource limits for tasks.
     *
     * @param facts what the cloud says about the backend
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec, CloudFacts facts) {
        return new OsmoValues(new ValuesOfSpec(spec, discovered(spec), Optional.of(facts), Optional.empty()));
    }

    /**
     * Like {@link #of(BackendSpec)}, with the network policy.
     *
     * @param ranges address ranges of the existing or planned cluster
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec, AddressRanges ranges) {
        return new OsmoValues(new ValuesOfSpec(spec, discovered(spec), Optional.empty(), Optional.of(ranges)));
    }

    /** The OSMO release that the values are for, such as {@code 6.3.1}. */
    public String release() {
        return release;
    }

    /** Values for the chart {@code backend-operator}, from 6.4 on for the compute plane of the chart {@code osmo}. Unmodifiable. */
    public Map<String, Object> operator() {
        return operator;
    }

    /** Values to merge into those of the chart {@code service}, from 6.4 on the control plane of {@code osmo}. Unmodifiable. */
    public Map<String, Object> service() {
        return service;
    }

    /** What was left out and why, one sentence each. */
    public List<String> notes() {
        return notes;
    }

    /** {@link #operator()} as YAML. */
    public String operatorYaml() {
        return Tree.yaml(operator);
    }

    /** {@link #service()} as YAML. */
    public String serviceYaml() {
        return Tree.yaml(service);
    }

    /** The operator's and the service's values as two YAML documents, with the notes as comments. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("# Values for OSMO " + release + "\n");
        notes.forEach(note -> text.append("# ").append(note).append('\n'));
        return text.append("---\n# Operator, in the cluster of the backend\n")
                .append(operatorYaml())
                .append("---\n# Service: merge into its values\n")
                .append(serviceYaml())
                .toString();
    }
}
