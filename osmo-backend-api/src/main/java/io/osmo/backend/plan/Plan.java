// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.internal.text.ForeignText;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spec.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an apply would change, why, in which order, and how long it takes: plain data that can be shown, stored, approved, and applied
 * later by another process. Immutable. Contains references to secrets, never their values.
 */
public final class Plan {
    private static final int LONGEST_TEXT = 1 << 24;

    private final Kind kind;
    private final BackendRef ref;
    private final Optional<String> account;
    private final Optional<String> incarnation;
    private final Optional<BackendSpec> spec;
    private final List<Change> changes;
    private final List<Guard> guards;
    private final List<String> warnings;
    private final Optional<CostEstimate> cost;
    private final String fingerprint;
    private final List<Change> criticalPath;

    private Plan(
            Kind kind,
            BackendRef ref,
            Optional<String> account,
            Optional<String> incarnation,
            Optional<BackendSpec> spec,
            List<Change> changes,
            List<Guard> guards,
            List<String> warnings,
            Optional<CostEstimate> cost) {
        this.kind = kind;
        this.ref = ref;
        this.account = account;
        this.incarnation = incarnation;
        this.guards = List.copyOf(guards);
        this.spec = spec;
        this.changes = List.copyOf(changes);
        this.warnings = List.copyOf(warnings);
        this.cost = cost;
        this.fingerprint = PlanJson.fingerprint(this);
        this.criticalPath = CriticalPath.of(this.changes);
    }

    /** The result of applying a plan. */
    public enum Kind {
        /** The backend matches its spec. */
        APPLY,
        /** Nothing of the backend is left. */
        DESTROY
    }

    /**
     * For the engine; hosts get plans from {@code OsmoBackends.plan}.
     *
     * @param account account that it was made for; empty if the provider has none
     * @param spec the desired spec; for a plan to destroy, the spec with which to reach the backend, when known
     * @param changes changes with unique ids
     * @param guards what prevents its deletions
     * @throws IllegalArgumentException if changes wait for each other
     */
    public static Plan of(
            Kind kind,
            BackendRef ref,
            Optional<String> account,
            Optional<BackendSpec> spec,
            List<Change> changes,
            List<Guard> guards,
            List<String> warnings) {
        return new Plan(kind, ref, account, Optional.empty(), spec, changes, guards, warnings, Optional.empty());
    }

    /**
     * This plan with a cost estimate from {@code OsmoBackends.estimate}, which text, JSON and HTML then show. It is not part of the
     * fingerprint or the signature, because it does not affect an apply.
     *
     * @throws IllegalArgumentException if the estimate is of another backend, or the plan is to destroy it
     */
    public Plan withCost(CostEstimate estimate) {
        if (!estimate.ref().equals(ref) || kind == Kind.DESTROY) {
            throw new IllegalArgumentException("no estimate for this plan: " + estimate.ref());
        }
        return new Plan(kind, ref, account, incarnation, spec, changes, guards, warnings, Optional.of(estimate));
    }

    /**
     * For the engine: this plan, good for one cluster only.
     *
     * @param id what distinguishes the cluster from others that have had or will have its name
     */
    public Plan withIncarnation(String id) {
        return new Plan(kind, ref, account, Optional.of(id), spec, changes, guards, warnings, cost);
    }

    /**
     * Reads the output of {@link #toJson()}. Secrets that the host supplied must be supplied again, with {@code
     * OsmoBackends.builder().secrets(…)}.
     *
     * @throws io.osmo.backend.error.InvalidSpecException if the text is not a plan, has unknown fields or a newer format, or was changed
     *     after it was written
     */
    public static Plan fromJson(String text) {
        return PlanJson.read(text, Optional.empty(), BackendSpec::fromJson);
    }

    /**
     * Like {@link #fromJson(String)}, for a plan that a host with the same key has written with {@link #toSignedJson}. Anyone can compute
     * a fingerprint. If others can write to the place where plans are stored or approved, only a key proves that a plan is genuine.
     *
     * @throws io.osmo.backend.error.InvalidSpecException also if the plan is not signed with this key
     */
    public static Plan fromSignedJson(String text, Secret key) {
        return PlanJson.read(text, Optional.of(key), BackendSpec::fromJson);
    }

    /** Like {@link #fromJson(String)}, with the provider's settings read by {@code settings}. */
    public static Plan fromJson(String text, ProviderSettings.Reader settings) {
        return PlanJson.read(text, Optional.empty(), json -> BackendSpec.fromJson(json, settings));
    }

    public Kind kind() {
        return kind;
    }

    public BackendRef ref() {
        return ref;
    }

    /**
     * The AWS account, Google Cloud project or Azure subscription that the plan was made for; it is refused in another one. Empty if the
     * provider has none.
     */
    public Optional<String> account() {
        return account;
    }

    /**
     * What distinguishes the cluster that the plan was made for from others that have had or will have its name: an apply is refused if
     * another one exists by then. Empty if there was no cluster, or if the plan creates it again.
     */
    public Optional<String> incarnation() {
        return incarnation;
    }

    /** The desired spec; for a plan to destroy, the spec that was given to reach the backend. */
    public Optional<BackendSpec> spec() {
        return spec;
    }

    /** All changes, each after those that it waits for. */
    public List<Change> changes() {
        return changes;
    }

    /** What prevents the deletions of this plan. Unless this is empty, an apply is refused before anything is changed. */
    public List<Guard> guards() {
        return guards;
    }

    /** The worst disruption of any of the changes. */
    public Disruption disruption() {
        return changes.stream().map(Change::disruption).reduce(Disruption.NONE, Disruption::or);
    }

    /** Warnings, one sentence each. They do not prevent an apply. */
    public List<String> warnings() {
        return warnings;
    }

    /** What the backend costs once the plan is applied; empty unless {@linkplain #withCost added}. */
    public Optional<CostEstimate> cost() {
        return cost;
    }

    /** Whether there are no changes. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** How long an apply typically takes: the sum along {@link #criticalPath()}. */
    public Duration estimatedDuration() {
        return criticalPath.stream().map(Change::estimate).reduce(Duration.ZERO, Duration::plus);
    }

    /** The chain of changes that determines the estimated duration, first to last. */
    public List<Change> criticalPath() {
        return criticalPath;
    }

    /** SHA-256 over the spec and the changes, in hexadecimal. Plans with equal fingerprints do the same. */
    public String fingerprint() {
        return fingerprint;
    }

    /** This plan as JSON, to be read by {@link #fromJson} of this version or a later one. */
    public String toJson() {
        return PlanJson.write(this, Optional.empty());
    }

    /**
     * This plan as JSON, signed by HMAC-SHA256, to be read by {@link #fromSignedJson}.
     *
     * @param key of the host; at least 32 random bytes as text are recommended
     */
    public String toSignedJson(Secret key) {
        return PlanJson.write(this, Optional.of(key));
    }

    /** This plan as a flowchart in the language of Mermaid, which GitHub, GitLab and many editors draw. */
    public String toMermaid() {
        return PlanMermaid.render(this);
    }

    /**
     * This plan as one HTML page: changes over time with what they wait for, the critical path, reasons, and the effect on running
     * work. Self-contained, without scripts.
     */
    public String toHtml() {
        return PlanHtml.render(this);
    }

    /** This plan for people, at most 100 columns wide. */
    @Override
    public String toString() {
        return ForeignText.lines(PlanText.render(this), LONGEST_TEXT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plan that && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }
}
