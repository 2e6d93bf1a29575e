// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.Backend;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.internal.catalogue.CheckIds;
import io.osmo.backend.verify.internal.catalogue.StandardCatalogue;
import io.osmo.backend.verify.internal.catalogue.security.TlsCertificates;
import io.osmo.backend.verify.internal.cloud.Retirement;
import io.osmo.backend.verify.internal.probe.ProbeRun;
import io.osmo.backend.verify.internal.read.Rbac;
import io.osmo.backend.verify.internal.read.SnapshotReader;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Forecast;
import io.osmo.backend.verify.report.PoolSummary;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.Vantage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out whether a cluster is an OSMO backend. Only ever reads, unless {@link #probes} are asked for. Immutable and safe for concurrent use; each method that
 * configures returns another verifier.
 *
 * <p>Reading blocks the caller for at most the {@linkplain #deadline deadline}, 2 minutes unless set, plus what the cloud's own
 * client takes; an interrupt ends it with a {@link java.util.concurrent.CancellationException}. Nothing that the cluster or the
 * cloud answers makes a verification throw: what could not be read is {@link Status#UNKNOWN}. A kubeconfig that cannot be used
 * is refused before anything is read.
 */
public final class BackendVerifier {
    private final List<Check> checks;
    /** All checks there are, those that were not selected included: what they serve, by id. */
    private final Map<String, Optional<Requirement>> known;

    private final Set<Vantage> vantages;
    private final Duration deadline;
    private final int pageSize;
    private final List<Waiver> waivers;
    private final Optional<LocalDate> asOf;
    private final Optional<Probes> probes;

    private BackendVerifier(
            List<Check> checks,
            Map<String, Optional<Requirement>> known,
            Set<Vantage> vantages,
            Duration deadline,
            int pageSize,
            List<Waiver> waivers,
            Optional<LocalDate> asOf,
            Optional<Probes> probes) {
        this.checks = List.copyOf(checks);
        this.known = Map.copyOf(known);
        this.vantages = Set.copyOf(vantages);
        this.deadline = deadline;
        this.pageSize = pageSize;
        this.waivers = List.copyOf(waivers);
        this.asOf = asOf;
        this.probes = probes;
    }

    /** All checks of the standard catalogue, and those that {@link ServiceLoader} finds. */
    public static BackendVerifier standard() {
        List<Check> checks = new ArrayList<>(StandardCatalogue.checks());
        ServiceLoader.load(Check.class).forEach(checks::add);
        return new BackendVerifier(
                checks,
                distinct(checks),
                EnumSet.allOf(Vantage.class),
                Duration.ofMinutes(2),
                2_000,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Adds checks.
     *
     * @throws IllegalArgumentException when an id is taken
     */
    public BackendVerifier with(Check... added) {
        List<Check> all = new ArrayList<>(checks);
        all.addAll(List.of(added));
        Map<String, Optional<Requirement>> more = new HashMap<>(known);
        more.putAll(distinct(all));
        return new BackendVerifier(all, more, vantages, deadline, pageSize, waivers, asOf, probes);
    }

    /**
     * Keeps only the checks with these ids; {@code pool.*} means all whose id starts with {@code pool.}.
     *
     * @throws IllegalArgumentException naming each id that no check has; when no check is left
     */
    public BackendVerifier only(String... wanted) {
        CheckIds.requireKnown(List.of(wanted), known.keySet());
        return select(check -> CheckIds.matchesAny(List.of(wanted), check.id()));
    }

    /**
     * Leaves out the checks with these ids; {@code pool.*} means all whose id starts with {@code pool.}. What they would prove is
     * reported as not proven.
     *
     * @throws IllegalArgumentException naming each id that no check has; when no check is left
     */
    public BackendVerifier without(String... unwanted) {
        CheckIds.requireKnown(List.of(unwanted), known.keySet());
        return select(check -> !CheckIds.matchesAny(List.of(unwanted), check.id()));
    }

    /**
     * Keeps only the checks that are selected; see {@link io.osmo.backend.verify.check.Selection}.
     *
     * @throws IllegalArgumentException when no check is left: its report would hold nothing against any cluster
     */
    public BackendVerifier select(Predicate<? super Check> selection) {
        List<Check> selected = checks.stream().filter(selection).toList();
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("the selection leaves none of the " + checks.size() + " checks");
        }
        return new BackendVerifier(selected, known, vantages, deadline, pageSize, waivers, asOf, probes);
    }

    /**
     * Looks only from these vantages; checks that need others are skipped and prove nothing.
     *
     * @throws IllegalArgumentException when none is given
     */
    public BackendVerifier from(Vantage... wanted) {
        if (wanted.length == 0) {
            throw new IllegalArgumentException("a cluster is looked at from at least one vantage");
        }
        return new BackendVerifier(checks, known, Set.of(wanted), deadline, pageSize, waivers, asOf, probes);
    }

    /** How long reading the Kubernetes API may take. */
    public BackendVerifier deadline(Duration limit) {
        return new BackendVerifier(checks, known, vantages, limit, pageSize, waivers, asOf, probes);
    }

    /**
     * Objects per page of a list, 2,000 unless set, at least 1. Smaller pages take less memory where a server writes no protobuf,
     * and more calls, for each of which etcd counts what is left of the list.
     */
    public BackendVerifier pageSize(int objects) {
        if (objects < 1) {
            throw new IllegalArgumentException("a page has at least 1 object, not " + objects);
        }
        return new BackendVerifier(checks, known, vantages, deadline, objects, waivers, asOf, probes);
    }

    /**
     * Accepts deviations for a while; see {@link Waiver}. Where several cover a check, one that has not expired is enough.
     *
     * @throws IllegalArgumentException naming each id that no check has, whether or not the check was selected
     */
    public BackendVerifier waive(Waiver... accepted) {
        CheckIds.requireKnown(Stream.of(accepted).map(Waiver::check).toList(), known.keySet());
        List<Waiver> all = new ArrayList<>(waivers);
        all.addAll(List.of(accepted));
        return new BackendVerifier(checks, known, vantages, deadline, pageSize, all, asOf, probes);
    }

    /**
     * Judges versions, retirements and waivers as if it were another day, such as the day of a release. Default: the day of
     * the snapshot, by the API server's clock.
     */
    public BackendVerifier asOf(LocalDate day) {
        return new BackendVerifier(checks, known, vantages, deadline, pageSize, waivers, Optional.of(day), probes);
    }

    /**
     * Runs probes too, which are the only part that changes anything in a cluster; see {@link Probes}. They follow the nodes that
     * the snapshot found, so they need the vantage {@link Vantage#KUBERNETES}, and reading blocks the caller for as long as they
     * take in addition.
     */
    public BackendVerifier probes(Probes wanted) {
        return new BackendVerifier(checks, known, vantages, deadline, pageSize, waivers, asOf, Optional.of(wanted));
    }

    public List<Check> checks() {
        return checks;
    }

    /** Reads and judges a backend: the cloud's API and the Kubernetes API, against its spec if that is known. */
    public Report verify(Backend backend) {
        return verify(snapshot(backend));
    }

    /** Reads and judges any cluster by its Kubernetes API alone. */
    public Report verify(ClusterAccess access, Expectations expectations) {
        return verify(snapshot(access, expectations));
    }

    /**
     * Reads and judges the cluster of a kubeconfig's current context.
     *
     * @throws io.osmo.backend.error.KubeconfigException naming everything for which the kubeconfig cannot be used
     */
    public Report verifyKubeconfig(Path kubeconfig) {
        return verify(snapshotKubeconfig(kubeconfig, Expectations.ofAnyBackend()));
    }

    /**
     * Reads and judges the cluster of one context of a kubeconfig.
     *
     * @throws io.osmo.backend.error.KubeconfigException naming everything for which the kubeconfig cannot be used
     */
    public Report verifyKubeconfig(Path kubeconfig, String context) {
        return verify(snapshotKubeconfig(kubeconfig, context, Expectations.ofAnyBackend()));
    }

    public ClusterSnapshot snapshot(Backend backend) {
        String name = backend.ref().toString();
        Expectations expectations = backend.spec().map(Expectations::of).orElseGet(Expectations::ofAnyBackend);
        Supplier<Fact<CloudFacts>> cloud = () -> cloud(backend);
        if (backend.access().isEmpty()) {
            return SnapshotReader.unread(
                    name,
                    sighted(Vantage.CLOUD, Vantage.KUBERNETES),
                    expectations,
                    cloud.get(),
                    "the backend has no cluster that answers");
        }
        if (!vantages.contains(Vantage.KUBERNETES)) {
            return SnapshotReader.unread(name, sighted(Vantage.CLOUD), expectations, cloud.get(), "not looked at");
        }
        return read(
                () -> KubernetesClients.open(backend.access().orElseThrow()),
                client -> name,
                expectations,
                cloud,
                sighted(Vantage.CLOUD, Vantage.KUBERNETES));
    }

    public ClusterSnapshot snapshot(ClusterAccess access, Expectations expectations) {
        return read(
                () -> KubernetesClients.open(access),
                client -> access.name(),
                expectations,
                () -> Fact.unknown("not looked at"),
                sighted(Vantage.KUBERNETES));
    }

    /**
     * Reads the cluster of a kubeconfig's current context, with other expectations than the usual ones.
     *
     * @throws io.osmo.backend.error.KubeconfigException naming everything for which the kubeconfig cannot be used
     */
    public ClusterSnapshot snapshotKubeconfig(Path kubeconfig, Expectations expectations) {
        return readKubeconfig(() -> KubernetesClients.fromKubeconfig(kubeconfig), expectations);
    }

    /**
     * Reads the cluster of one context of a kubeconfig, with other expectations than the usual ones.
     *
     * @throws io.osmo.backend.error.KubeconfigException naming everything for which the kubeconfig cannot be used
     */
    public ClusterSnapshot snapshotKubeconfig(Path kubeconfig, String context, Expectations expectations) {
        return readKubeconfig(() -> KubernetesClients.fromKubeconfig(kubeconfig, context), expectations);
    }

    /** Judges a snapshot. Pure: the same snapshot gives the same report, wherever and whenever. */
    public Report verify(ClusterSnapshot snapshot) {
        return judge(snapshot, asOf.map(day -> new Evidence(snapshot, day)).orElseGet(() -> new Evidence(snapshot)));
    }

    /**
     * The days on which a snapshot will be judged otherwise than on the day before, by all dates that are known today: the end
     * of support of its versions, retirements of images and machines, expiries of waivers. Pure.
     *
     * @param until last day to look at
     * @return sorted by day; empty when nothing changes, or when the day of the snapshot is not known
     */
    public List<Forecast> outlook(ClusterSnapshot snapshot, LocalDate until) {
        Optional<LocalDate> today = asOf.or(() -> new Evidence(snapshot).today().known());
        if (today.isEmpty()) {
            return List.of();
        }
        List<Forecast> outlook = new ArrayList<>();
        Report before = judge(snapshot, new Evidence(snapshot, today.get()));
        for (LocalDate last : lastDays(snapshot)) {
            LocalDate day = last.plusDays(1);
            if (day.isAfter(today.get()) && !day.isAfter(until)) {
                Report after = judge(snapshot, new Evidence(snapshot, day));
                Set<String> known = before.findings().stream()
                        .map(f -> f.check() + " " + f.status())
                        .collect(Collectors.toSet());
                List<Finding> news = after.findings().stream()
                        .filter(f -> !known.contains(f.check() + " " + f.status()))
                        .toList();
                if (!news.isEmpty()) {
                    outlook.add(new Forecast(day, news));
                }
                before = after;
            }
        }
        return List.copyOf(outlook);
    }

    /** Days after which something may be judged otherwise, sorted. */
    private Set<LocalDate> lastDays(ClusterSnapshot snapshot) {
        Set<LocalDate> days = new TreeSet<>();
        Retirement.all().forEach(r -> r.until().ifPresent(days::add));
        waivers.forEach(w -> days.add(w.until()));
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

    /**
     * The least rights that a full reading of the Kubernetes API takes, as YAML of a ClusterRole and of a Role in each namespace
     * of which more is read, with the commands that bind them as comments. With fewer, what cannot be read is {@link Status#UNKNOWN}.
     */
    public static String requiredRbac() {
        return requiredRbac(Expectations.ofAnyBackend());
    }

    /** The same for other namespaces of OSMO than the usual ones. */
    public static String requiredRbac(Expectations expectations) {
        return Rbac.yaml(expectations);
    }

    /** What probes take in addition: a ClusterRole, as YAML. With less, what cannot be probed is {@link Status#UNKNOWN}. */
    public static String requiredProbeRbac() {
        return ProbeRun.rbac();
    }

    private Report judge(ClusterSnapshot snapshot, Evidence evidence) {
        List<Finding> findings = checks.stream()
                .flatMap(c -> judge(c, evidence).stream())
                .map(finding -> waived(finding, evidence.today()))
                .toList();
        return new Report(
                snapshot.cluster(),
                snapshot.server().time(),
                evidence.today(),
                snapshot.server().version(),
                PoolSummary.of(evidence),
                partial(),
                findings);
    }

    /** Requirements of which a check was left out. */
    private Set<Requirement> partial() {
        Set<String> selected = checks.stream().map(Check::id).collect(Collectors.toSet());
        return known.entrySet().stream()
                .filter(check -> !selected.contains(check.getKey()))
                .flatMap(check -> check.getValue().stream())
                .collect(Collectors.toSet());
    }

    private Finding waived(Finding finding, Fact<LocalDate> today) {
        Finding result = finding;
        for (Waiver waiver : waivers) {
            result = waiver.applyTo(result, today);
        }
        return result;
    }

    private static List<Finding> judge(Check check, Evidence evidence) {
        Set<Vantage> missing = new TreeSet<>(check.vantages());
        missing.removeAll(evidence.snapshot().vantages());
        if (!missing.isEmpty()) {
            Vantage first = missing.iterator().next();
            return List.of(Finding.of(check, Status.SKIPPED, "needs " + first.phrase(), waysTo(first)));
        }
        try {
            List<Finding> findings = check.evaluate(evidence);
            return findings.isEmpty() ? List.of(defect(check, "it returned no finding")) : findings;
        } catch (RuntimeException e) {
            return List.of(defect(check, "it threw " + e));
        }
    }

    /** How to look from there too. */
    private static String waysTo(Vantage vantage) {
        return switch (vantage) {
            case CLOUD ->
                "Verify a Backend that OsmoBackends gives, in place of a kubeconfig, with Vantage.CLOUD among the vantages.";
            case KUBERNETES -> "Verify with Vantage.KUBERNETES among the vantages.";
            case PROBE -> "Ask for probes with BackendVerifier.probes, with Vantage.PROBE among the vantages.";
            case OSMO -> "Verify with Vantage.OSMO among the vantages.";
        };
    }

    private static Finding defect(Check check, String what) {
        return Finding.of(
                check, Status.UNKNOWN, "the check itself is defective: " + what, "Report this to the check's author.");
    }

    /** A cluster without a name of its own goes by the context of the kubeconfig. */
    private ClusterSnapshot readKubeconfig(Supplier<KubernetesClient> client, Expectations expectations) {
        return read(
                client,
                opened -> opened.getConfiguration().getCurrentContext().getName(),
                expectations,
                () -> Fact.unknown("not looked at"),
                sighted(Vantage.KUBERNETES));
    }

    /** The Kubernetes API is read while the cloud's API is being asked. */
    private ClusterSnapshot read(
            Supplier<KubernetesClient> clients,
            Function<KubernetesClient, String> name,
            Expectations expectations,
            Supplier<Fact<CloudFacts>> cloud,
            Set<Vantage> sighted) {
        try (KubernetesClient client = clients.get()) {
            SnapshotReader reader = new SnapshotReader(client, expectations, pageSize);
            ClusterSnapshot snapshot = reader.await(name.apply(client), sighted, cloud.get(), deadline);
            return probes.filter(p -> vantages.contains(Vantage.PROBE))
                    .map(p -> snapshot.withProbes(ProbeRun.run(client, p, snapshot)))
                    .orElse(snapshot);
        }
    }

    private Fact<CloudFacts> cloud(Backend backend) {
        if (!vantages.contains(Vantage.CLOUD)) {
            return Fact.unknown("not looked at");
        }
        try {
            return Fact.of(backend.facts());
        } catch (OsmoBackendException e) {
            return Fact.unknown(String.valueOf(e.getMessage()));
        }
    }

    private Set<Vantage> sighted(Vantage... possible) {
        Set<Vantage> both = new HashSet<>(Set.of(possible));
        both.retainAll(vantages);
        return both;
    }

    private static Map<String, Optional<Requirement>> distinct(List<Check> checks) {
        Map<String, Optional<Requirement>> distinct = new HashMap<>();
        checks.forEach(check -> {
            if (distinct.put(check.id(), check.requirement()) != null) {
                throw new IllegalArgumentException("two checks have the id " + check.id());
            }
        });
        return distinct;
    }
}
