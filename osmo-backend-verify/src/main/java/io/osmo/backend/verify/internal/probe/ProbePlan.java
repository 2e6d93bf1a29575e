// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalogue.stack.Kai;
import io.osmo.backend.verify.internal.catalogue.stack.TestImages;
import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import io.osmo.backend.verify.snapshot.IdleFacts;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import io.osmo.backend.verify.snapshot.ScaleUpFacts;
import io.osmo.backend.verify.snapshot.VolumeProbeFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which pods a run needs. Pure. */
final class ProbePlan {
    /** What fits into a termination message, of which the kubelet keeps 4096 bytes. */
    private static final int TARGETS_OF_A_POD = 5;

    /** How long KAI may take for a pod that has room. */
    private static final Duration SCHEDULING = Duration.ofSeconds(120);

    private static final Pattern NO_ROOM = Pattern.compile("(?i)insufficient|enough resource");

    private static final String ZONE = "topology.kubernetes.io/zone";

    /** Path on which the operator's listener opens its WebSocket; no backend can have this name. */
    private static final String OPERATOR_SOCKET = "/api/agent/listener/heartbeat/backend/-probe-";

    /** Path on which a workflow's control container opens its own; no workflow or task can have these names. */
    private static final String WORKFLOW_SOCKET = "/api/logger/workflow/-probe-/osmo_ctrl/-probe-/retry_id/0";

    private final Probes probes;
    private final ClusterSnapshot snapshot;
    private final List<NodeFacts> nodes;
    private final ProbePods pods;
    private final KaiObjects kai;
    private final List<Job> jobs = new ArrayList<>();

    private record Aim(Target target, String url) {
        String line() {
            return target.name().toLowerCase(Locale.ROOT) + " " + url;
        }
    }

    private ProbePlan(Probes probes, ClusterSnapshot snapshot, List<NodeFacts> nodes, ProbePods pods, KaiObjects kai) {
        this.probes = probes;
        this.snapshot = snapshot;
        this.nodes = nodes;
        this.pods = pods;
        this.kai = kai;
    }

    static List<Job> of(
            Probes probes, ClusterSnapshot snapshot, List<NodeFacts> nodes, ProbePods pods, KaiObjects kai) {
        ProbePlan plan = new ProbePlan(probes, snapshot, nodes, pods, kai);
        List<ProbePool> pools = ProbePool.standing(new Evidence(snapshot), nodes).stream()
                .filter(pool -> probes.covers(pool.name()))
                .toList();
        for (int i = 0; i < pools.size(); i++) {
            plan.pool(i, pools.get(i));
        }
        if (probes.has(Probe.IDLE_CONNECTION)) {
            plan.idle(pools);
        }
        if (probes.has(Probe.WORKFLOW_NAMESPACE)) {
            plan.workflows(pools);
        }
        if (probes.has(Probe.VOLUME)) {
            plan.volumes();
        }
        if (probes.has(Probe.SCALE_FROM_ZERO)) {
            plan.scaleUps();
        }
        return plan.jobs;
    }

    private void pool(int number, ProbePool pool) {
        if (probes.has(Probe.NETWORK)) {
            List<Aim> aims = aims();
            for (int from = 0; from < aims.size(); from += TARGETS_OF_A_POD) {
                network(
                        pool,
                        aims.subList(from, Math.min(aims.size(), from + TARGETS_OF_A_POD)),
                        findings -> findings.reaches,
                        networkPod("network-" + number + "-" + from / TARGETS_OF_A_POD, pool));
            }
        }
        if (probes.has(Probe.PULL)) {
            List<String> images = Stream.concat(Stream.of(probes.image()), probes.images().stream())
                    .distinct()
                    .toList();
            for (int i = 0; i < images.size(); i++) {
                pull("pull-" + number + "-" + i, pool, images.get(i), findings -> findings.pulls);
            }
            List<String> ofTests = TestImages.of(new Evidence(snapshot)).known().orElse(List.of());
            for (int i = 0; i < ofTests.size(); i++) {
                pull("test-pull-" + number + "-" + i, pool, ofTests.get(i), findings -> findings.testPulls);
            }
        }
        if (probes.has(Probe.GPU) && pool.gpu()) {
            gpu("gpu-" + number, pool);
        }
        if (probes.has(Probe.KAI) && pool.compute() && kaiTakesPods()) {
            scheduledByKai("kai-" + number, pool);
        }
    }

    private List<Aim> aims() {
        Expectations expectations = snapshot.expectations();
        Set<String> hosts = new LinkedHashSet<>(probes.registries());
        Stream.concat(
                        expectations.pullSecrets().stream().map(Expectations.Registry::host),
                        probes.images().stream().map(PullFacts::hostOf))
                .map(host -> host.equals("docker.io") ? "registry-1.docker.io" : host)
                .forEach(hosts::add);
        List<Aim> aims = new ArrayList<>();
        aims.add(new Aim(Target.CLUSTER_DNS, "https://kubernetes.default.svc/version"));
        service().ifPresent(url -> aims.addAll(ofService(url, OPERATOR_SOCKET)));
        hosts.forEach(host -> aims.add(new Aim(Target.REGISTRY, "https://" + host + "/v2/")));
        return aims;
    }

    /** The OSMO service, when it is known by an address without a path. */
    private Optional<String> service() {
        return snapshot.expectations()
                .serviceUrl()
                .map(url -> url.replaceFirst("/+$", ""))
                .filter(url -> url.matches("https?://[^\\s/?#@]+"));
    }

    private static List<Aim> ofService(String url, String socket) {
        return List.of(new Aim(Target.SERVICE, url + "/api/version"), new Aim(Target.WEBSOCKET, url + socket));
    }

    private void idle(List<ProbePool> pools) {
        Optional<ProbePool> operators = pools.stream()
                .filter(pool -> !pool.compute())
                .findFirst()
                .or(() -> pools.stream().findFirst());
        if (service().isEmpty() || operators.isEmpty()) {
            return;
        }
        ProbePool pool = operators.get();
        String url = service().get() + "/api/version";
        add(
                script("idle", pool, Script.IDLE, Map.of("URL", url)),
                (outcome, waited, event, findings) -> findings.idle.add(
                        new IdleFacts(pool.name(), url, end(outcome).flatMap(o -> Answers.idle(o.said())))));
    }

    private void workflows(List<ProbePool> pools) {
        Optional<ProbePool> compute =
                pools.stream().filter(ProbePool::compute).min(Comparator.comparing(ProbePool::gpu));
        if (service().isEmpty() || compute.isEmpty()) {
            return;
        }
        String namespace = snapshot.expectations().workflowNamespace();
        network(
                compute.get(),
                ofService(service().get(), WORKFLOW_SOCKET),
                findings -> findings.workflowReaches,
                targets -> pods.among(networkPod("workflow", compute.get()).apply(targets), namespace));
    }

    private Pod script(String name, ProbePool pool, Script script, Map<String, String> values) {
        Map<String, String> environment = new HashMap<>(values);
        probes.authorities().ifPresent(pem -> environment.put("AUTHORITIES", pem));
        return pods.script(name, probes.image(), ProbePods.Place.of(pool), script, environment, probes.deadline());
    }

    private Function<String, Pod> networkPod(String name, ProbePool pool) {
        return targets -> script(name, pool, Script.NETWORK, Map.of("TARGETS", targets));
    }

    private void network(
            ProbePool pool, List<Aim> aims, Function<Findings, List<ReachFacts>> into, Function<String, Pod> pod) {
        add(
                pod.apply(aims.stream().map(Aim::line).collect(Collectors.joining("\n"))),
                (outcome, waited, event, findings) -> {
                    Fact<Map<Integer, Answer>> answers = end(outcome).map(o -> Answers.network(o.said()));
                    for (int i = 0; i < aims.size(); i++) {
                        int number = i;
                        Aim aim = aims.get(i);
                        into.apply(findings)
                                .add(new ReachFacts(
                                        pool.name() + " " + aim.line(),
                                        pool.name(),
                                        aim.target(),
                                        aim.url(),
                                        answers.flatMap(all -> Optional.ofNullable(all.get(number))
                                                .map(Fact::of)
                                                .orElseGet(Answers::unreadable))));
                    }
                });
    }

    private void pull(String name, ProbePool pool, String image, Function<Findings, List<PullFacts>> into) {
        String host = PullFacts.hostOf(image);
        boolean credential =
                probes.credentials().stream().map(Probes.Credential::registry).anyMatch(host::equals);
        jobs.add(new Job(
                pods.pullOnly(name, image, ProbePods.Place.of(pool), probes.deadline()),
                List.of(),
                probes.deadline(),
                outcome -> outcome.pulled() || lastingRefusal(outcome),
                (outcome, waited, event, findings) -> into.apply(findings)
                        .add(new PullFacts(
                                pool.name() + " " + image,
                                pool.name(),
                                image,
                                host,
                                credential,
                                outcome.flatMap(o -> refusal(o.withPullEvent(
                                        event.startsWith("Failed to pull image") ? event : o.pullRefusal())))))));
    }

    private static Fact<String> refusal(PodOutcome outcome) {
        return outcome.pulled()
                ? Fact.of("")
                : outcome.pullRefusal().isEmpty() ? Fact.unknown(outcome.hindrance()) : Fact.of(outcome.pullRefusal());
    }

    private void gpu(String name, ProbePool pool) {
        add(
                pods.gpu(pods.script(
                        name, probes.gpuImage(), ProbePods.Place.of(pool), Script.GPU, Map.of(), probes.deadline())),
                (outcome, waited, event, findings) -> findings.gpus.add(
                        new GpuProbeFacts(pool.name(), end(outcome).flatMap(o -> Answers.gpu(o.said())))));
    }

    private boolean kaiTakesPods() {
        return Kai.takesPods(new Evidence(snapshot)).known().orElse(false);
    }

    private void scheduledByKai(String name, ProbePool pool) {
        Duration limit = probes.deadline().compareTo(SCHEDULING) < 0 ? probes.deadline() : SCHEDULING;
        jobs.add(new Job(
                kai.scheduled(pods.momentary(name, probes.image(), ProbePods.Place.of(pool), limit)),
                kai.needs(name),
                limit,
                ProbePlan::done,
                (outcome, waited, event, findings) -> findings.kai.add(
                        new KaiProbeFacts(pool.name(), letIn(outcome.flatMap(o -> scheduled(o, waited, event)))))));
    }

    /** That KAI's webhook refused the pod is an answer, not the lack of one. */
    private static Fact<String> letIn(Fact<String> refusal) {
        return refusal instanceof Fact.Unknown<String> unknown && KaiProbeFacts.namesWebhook(unknown.reason())
                ? Fact.of(unknown.reason())
                : refusal;
    }

    /** A pool that is full says nothing about KAI. */
    private static Fact<String> scheduled(PodOutcome outcome, Duration waited, String event) {
        if (outcome.ended()) {
            return outcome.exit().filter(code -> code == 0).isPresent()
                    ? Fact.of("")
                    : Fact.unknown("KAI placed the pod, which then failed: " + outcome.reason());
        }
        if (outcome.placed()) {
            return Fact.unknown("KAI placed the pod, but " + outcome.hindrance());
        }
        String said = event.isEmpty() ? outcome.unplaced() : event;
        if (NO_ROOM.matcher(said).find()) {
            return Fact.unknown("no room for the pod: " + said);
        }
        return Fact.of(said.isEmpty() ? "nobody took the pod within " + waited.toSeconds() + " s" : said);
    }

    private void volumes() {
        Map<String, List<NodeFacts>> zones = nodes.stream()
                .filter(ProbePool::linux)
                .collect(Collectors.groupingBy(NodeFacts::zone, TreeMap::new, Collectors.toList()));
        int number = 0;
        for (Map.Entry<String, List<NodeFacts>> zone : zones.entrySet()) {
            String name = "volume-" + number++;
            Map<String, String> selector = zone.getKey().isEmpty() ? Map.of() : Map.of(ZONE, zone.getKey());
            ProbePods.Place place = new ProbePods.Place(selector, ProbePool.lasting(zone.getValue()));
            jobs.add(new Job(
                    pods.volume(name, probes.image(), place, probes.deadline()),
                    List.of(new Job.Need(Right.CREATE_CLAIMS, pods.claim(name))),
                    probes.deadline(),
                    ProbePlan::done,
                    (outcome, waited, event, findings) -> findings.volumes.add(
                            new VolumeProbeFacts(zone.getKey(), outcome.flatMap(o -> written(o, event))))));
        }
    }

    /** A claim that does not bind keeps the pod from being placed, or from starting; the cluster's warnings say so. */
    private static Fact<String> written(PodOutcome outcome, String event) {
        if (outcome.ended()) {
            return Answers.volume(outcome.said());
        }
        String said = event.isEmpty() ? outcome.unplaced() : event;
        boolean aboutVolumes = said.toLowerCase(Locale.ROOT).matches("(?s).*(volume|claim|provision|storageclass).*");
        return aboutVolumes ? Fact.of(said) : Fact.unknown(outcome.hindrance());
    }

    private void scaleUps() {
        int number = 0;
        for (ProbePool pool : ProbePool.empty(snapshot, nodes)) {
            if (!probes.covers(pool.name())) {
                continue;
            }
            String name = "scale-" + number++;
            var pod = pods.pullOnly(name, probes.image(), ProbePods.Place.of(pool), probes.scaleUpDeadline());
            jobs.add(new Job(
                    pool.gpu() ? pods.gpu(pod) : pod,
                    List.of(),
                    probes.scaleUpDeadline(),
                    PodOutcome::placed,
                    (outcome, waited, event, findings) -> findings.scaleUps.add(new ScaleUpFacts(
                            pool.name(),
                            outcome.map(o -> new ScaleUpFacts.Outcome(
                                    o.placed(),
                                    waited.toSeconds(),
                                    o.placed() ? "" : event.isEmpty() ? o.unplaced() : event))))));
        }
    }

    private void add(Pod pod, Job.Lesson lesson) {
        Predicate<PodOutcome> over = ProbePlan::done;
        Duration limit = probes.deadline();
        jobs.add(new Job(pod, List.of(), limit, over, lesson));
    }

    private static boolean done(PodOutcome outcome) {
        return outcome.ended() || lastingRefusal(outcome);
    }

    private static boolean lastingRefusal(PodOutcome outcome) {
        return !outcome.pullRefusal().isEmpty()
                && PullCause.of(outcome.pullRefusal()).lasting();
    }

    /** The outcome of a pod that has ended; unknown with what hindered it when it has not. */
    private static Fact<PodOutcome> end(Fact<PodOutcome> outcome) {
        return outcome.flatMap(o -> o.ended() ? Fact.of(o) : Fact.unknown(o.hindrance()));
    }
}
