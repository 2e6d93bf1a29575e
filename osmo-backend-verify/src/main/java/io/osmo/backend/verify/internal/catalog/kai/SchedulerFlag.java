// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;
import io.osmo.backend.verify.snapshot.ShardFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.semver4j.Semver;

/**
 * The effective value of a flag of KAI's schedulers; KAI 0.10 to 0.14 ignores the chart's values. Every scheduler must have it,
 * because each one has its own nodes.
 */
public final class SchedulerFlag extends KaiCheck {
    private static final Semver SHARDS = Semver.create(0, 10, 0);
    private static final Semver CHART = Semver.create(0, 15, 0);

    /** As Go reads flags. */
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE", "t", "T", "1");

    private final String flag;
    private final String wanted;
    private final Predicate<String> good;
    /** An action of the scheduler without which the flag does not matter; empty if it always does. */
    private final String action;

    private SchedulerFlag(
            String id, String flag, String wanted, Predicate<String> good, String action, Severity severity) {
        super(
                id,
                "KAI's schedulers with " + flag + "=" + wanted
                        + (action.isEmpty() ? "" : ", or without the action " + action),
                severity);
        this.action = action;
        this.flag = flag;
        this.wanted = wanted;
        this.good = good;
    }

    /**
     * Otherwise KAI evicts a gang 60 seconds after one of its members has ended. Any negative time means never. OSMO's <a
     * href="https://github.com/NVIDIA/OSMO/blob/main/deployments/charts/osmo/examples/kai-values.yaml">values for KAI</a> turn the
     * action off that evicts, and then the time does not matter.
     */
    public static SchedulerFlag flagStaleness() {
        return new SchedulerFlag(
                "kai.flag-staleness",
                "default-staleness-grace-period",
                "-1s",
                value -> value.matches("-.*[1-9].*"),
                "stalegangeviction",
                Severity.ERROR);
    }

    /** Otherwise OSMO cannot distinguish a preempted task from a failed one. */
    public static SchedulerFlag flagEvictionCondition() {
        return new SchedulerFlag(
                "kai.flag-eviction-condition",
                "update-pod-eviction-condition",
                "true",
                TRUE::contains,
                "",
                Severity.WARNING);
    }

    /**
     * A scheduler and the value that it has; empty when it has none.
     *
     * @param idle whether it leaves out the action that uses the value
     */
    private record Setting(String scheduler, String value, boolean idle) {
        @Override
        public String toString() {
            return scheduler;
        }
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(
                Kai.deployments(evidence),
                kai -> given(
                        evidence.snapshot().stack().shards(),
                        shards -> given(Kai.version(evidence), version -> {
                            List<Setting> settings = settings(Kai.schedulers(kai), shards);
                            String next = next(version, shards);
                            return settings.isEmpty()
                                    ? breach("no scheduler, and no shard that would have one", next)
                                    : each(
                                            settings,
                                            "schedulers",
                                            s -> s.idle() || good.test(s.value()),
                                            s -> s.value().isEmpty() ? "not set" : s.value(),
                                            next);
                        })));
    }

    /** Settings of the schedulers that run; without any, those of the shards that schedulers will be created for. */
    private List<Setting> settings(List<WorkloadFacts> schedulers, List<ShardFacts> shards) {
        String name = flag.replace("-", "");
        return schedulers.isEmpty()
                ? shards.stream()
                        .map(s -> new Setting(
                                s.toString(),
                                Optional.ofNullable(s.args().get(name)).orElse(""),
                                idle(s)))
                        .toList()
                : schedulers.stream()
                        .map(d -> new Setting(
                                "deployment/" + d,
                                d.template().stream()
                                        .flatMap(t -> t.containers().stream())
                                        .flatMap(c -> c.flag(name).stream())
                                        .findFirst()
                                        .orElse(""),
                                shards.stream().filter(s -> runs(s, d, shards)).anyMatch(this::idle)))
                        .toList();
    }

    private boolean idle(ShardFacts shard) {
        return shard.disabledActions().known().orElse(Set.of()).contains(action);
    }

    /** KAI names schedulers after their shards. */
    private static boolean runs(ShardFacts shard, WorkloadFacts scheduler, List<ShardFacts> shards) {
        return shards.size() == 1 || scheduler.name().endsWith("-" + shard.name());
    }

    private String next(Optional<Semver> version, List<ShardFacts> shards) {
        String chart = "helm upgrade kai-scheduler CHART -n kai-scheduler --reuse-values --set-string scheduler.args."
                + flag + "=" + wanted;
        String patch = shards.stream()
                        .map(ShardFacts::name)
                        .reduce((a, b) -> "SHARD")
                        .map(shard -> "kubectl patch schedulingshard " + shard)
                        .orElse("kubectl patch schedulingshard default")
                + " --type merge -p '{\"spec\":{\"args\":{\"" + flag + "\":\"" + wanted + "\"}}}'";
        if (version.isEmpty()) {
            return patch + " (KAI 0.10 to 0.14); scheduler.args of the chart (0.15 and newer)";
        }
        if (version.get().isLowerThan(SHARDS)) {
            return "Add --" + flag + "=" + wanted + " to scheduler.additionalArgs of KAI's chart.";
        }
        return version.get().isLowerThan(CHART)
                ? patch + "; before 0.15 KAI ignores the chart's own values"
                : chart + (action.isEmpty() ? "" : ", or --set scheduler.actions." + action + ".enabled=false");
    }
}
