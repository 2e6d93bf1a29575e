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
 * Values for OSMO's Helm charts, derived from a spec: those of the operator's chart, which is installed in the backend's cluster, and
 * those to merge into the values of the service. They refer to Secrets and never hold one. Immutable.
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
     * Without a cluster: no network policy, since its address ranges are not known, and no upper bounds for tasks on pools that start at
     * no nodes.
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
     * As {@link #of(BackendSpec)}, for a provider that need not be on the class path.
     *
     * @param ranges of the cluster that is, or will be; without them there is no network policy
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec, ServiceDefaults service, Optional<AddressRanges> ranges) {
        return new OsmoValues(new ValuesOfSpec(spec, Optional.of(service), Optional.empty(), ranges));
    }

    /**
     * Likewise.
     *
     * @param facts what the cloud says about the backend
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec, ServiceDefaults service, CloudFacts facts) {
        return new OsmoValues(new ValuesOfSpec(spec, Optional.of(service), Optional.of(facts), Optional.empty()));
    }

    /**
     * @param facts what the cloud says about the backend
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec, CloudFacts facts) {
        return new OsmoValues(new ValuesOfSpec(spec, discovered(spec), Optional.of(facts), Optional.empty()));
    }

    /**
     * With the network policy, and otherwise as without a cluster.
     *
     * @param ranges of the cluster that is, or will be
     * @throws InvalidSpecException if the spec has no {@code osmo.release}
     */
    public static OsmoValues of(BackendSpec spec, AddressRanges ranges) {
        return new OsmoValues(new ValuesOfSpec(spec, discovered(spec), Optional.empty(), Optional.of(ranges)));
    }

    /** Release of OSMO that they are for, such as {@code 6.3.1}. */
    public String release() {
        return release;
    }

    /** For the chart {@code backend-operator}, or from 6.4 on for the compute plane of the chart {@code osmo}. Cannot be modified. */
    public Map<String, Object> operator() {
        return operator;
    }

    /** Merge into the values of the chart {@code service}, or from 6.4 on of the control plane of {@code osmo}. Cannot be modified. */
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

    /** Both, as two YAML documents with the notes as comments. */
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
