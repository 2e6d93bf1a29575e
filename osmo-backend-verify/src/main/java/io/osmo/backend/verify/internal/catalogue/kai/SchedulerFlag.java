// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.installed.Installed;
import io.osmo.backend.verify.internal.catalogue.installed.KaiCheck;
import io.osmo.backend.verify.snapshot.ShardFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/**
 * A flag of KAI's schedulers as it is in force, whatever a chart's values say: from 0.10 to 0.14 those are not heeded. Each
 * scheduler must have it, for each has nodes of its own.
 */
abstract class SchedulerFlag extends KaiCheck {
    private static final Semver SHARDS = Semver.create(0, 10, 0);
    private static final Semver CHART = Semver.create(0, 15, 0);

    private final String flag;
    private final String wanted;

    SchedulerFlag(String id, String flag, String wanted, Severity severity) {
        super(id, "KAI's schedulers with " + flag + "=" + wanted, severity);
        this.flag = flag;
        this.wanted = wanted;
    }

    /** Whether a value that is set is as good as the wanted one. */
    abstract boolean good(String value);

    /** A scheduler and the value that it has; empty when it has none. */
    private record Setting(String scheduler, String value) {
        @Override
        public String toString() {
            return scheduler;
        }
    }

    @Override
    protected final Finding judgeKai(Evidence evidence) {
        return given(
                Installed.kai(evidence),
                kai -> given(
                        evidence.snapshot().stack().shards(),
                        shards -> given(Installed.kaiVersion(evidence), version -> {
                            List<Setting> settings = settings(Installed.schedulers(kai), shards);
                            String next = next(version, shards);
                            return settings.isEmpty()
                                    ? breach("no scheduler, and no shard that would have one", next)
                                    : each(
                                            settings,
                                            "schedulers",
                                            s -> good(s.value()),
                                            s -> s.value().isEmpty() ? "not set" : s.value(),
                                            next);
                        })));
    }

    /** Of those that run, or else of the shards that they will be made for. */
    private List<Setting> settings(List<WorkloadFacts> schedulers, List<ShardFacts> shards) {
        String name = flag.replace("-", "");
        return schedulers.isEmpty()
                ? shards.stream()
                        .map(s -> new Setting(
                                s.toString(),
                                Optional.ofNullable(s.args().get(name)).orElse("")))
                        .toList()
                : schedulers.stream()
                        .map(d -> new Setting(
                                "deployment/" + d,
                                d.template().stream()
                                        .flatMap(t -> t.containers().stream())
                                        .flatMap(c -> c.flag(name).stream())
                                        .findFirst()
                                        .orElse("")))
                        .toList();
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
                ? patch + "; the chart's own values are not heeded before KAI 0.15"
                : chart;
    }
}
