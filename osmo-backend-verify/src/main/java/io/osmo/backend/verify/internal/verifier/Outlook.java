// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.verifier;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.internal.catalog.security.TlsCertificates;
import io.osmo.backend.verify.internal.cloud.Retirement;
import io.osmo.backend.verify.report.Forecast;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the days on which the findings of a snapshot will change although the cluster does not. Pure. */
public final class Outlook {
    private final Judge judge;
    private final ClusterSnapshot snapshot;

    public Outlook(Judge judge, ClusterSnapshot snapshot) {
        this.judge = judge;
        this.snapshot = snapshot;
    }

    /**
     * @param until last day to look at
     * @return sorted by day; empty when nothing changes, or when the day of the snapshot is not known
     */
    public List<Forecast> until(LocalDate until) {
        Optional<LocalDate> today =
                judge.asOf().or(() -> new Evidence(snapshot).today().known());
        if (today.isEmpty()) {
            return List.of();
        }
        List<Forecast> outlook = new ArrayList<>();
        Report before = on(today.get());
        for (LocalDate last : lastDays()) {
            LocalDate day = last.plusDays(1);
            if (day.isAfter(today.get()) && !day.isAfter(until)) {
                Report after = on(day);
                List<Finding> news = news(before, after);
                if (!news.isEmpty()) {
                    outlook.add(new Forecast(day, news));
                }
                before = after;
            }
        }
        return List.copyOf(outlook);
    }

    private Report on(LocalDate day) {
        return judge.judge(new Evidence(snapshot, day));
    }

    private static List<Finding> news(Report before, Report after) {
        Set<String> known = before.findings().stream().map(Outlook::status).collect(Collectors.toSet());
        return after.findings().stream()
                .filter(finding -> !known.contains(status(finding)))
                .toList();
    }

    private static String status(Finding finding) {
        return finding.check() + " " + finding.status();
    }

    /** Days after which a finding may change, sorted. */
    private Set<LocalDate> lastDays() {
        Set<LocalDate> days = new TreeSet<>();
        Retirement.all().forEach(r -> r.until().ifPresent(days::add));
        judge.waivers().stream().map(Waiver::until).forEach(days::add);
        snapshot.cloud()
                .flatMap(CloudFacts::controlPlane)
                .flatMap(CloudFacts.ControlPlane::standardSupportUntil)
                .known()
                .ifPresent(days::add);
        snapshot.probes().known().map(ProbeFacts::reaches).orElse(List.of()).stream()
                .flatMap(reach -> reach.answer().known().flatMap(Answer::certificateUntil).stream())
                .map(until -> LocalDate.ofInstant(until, ZoneOffset.UTC))
                .forEach(last -> days.addAll(List.of(last.minusDays(TlsCertificates.DAYS), last)));
        return days;
    }
}
