// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.values.Images;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.IdleFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What can be reached from inside the cluster. */
final class NetworkJobs {
    /** What fits into a termination message, of which the kubelet keeps 4096 bytes. */
    private static final int TARGETS_PER_POD = 5;

    /** Path on which the operator's listener opens its WebSocket; no backend can have this name. */
    private static final String OPERATOR_SOCKET = "/api/agent/listener/heartbeat/backend/-probe-";

    /** Path on which a workflow's control container opens its own; no workflow or task can have these names. */
    private static final String WORKFLOW_SOCKET = "/api/logger/workflow/-probe-/osmo_ctrl/-probe-/retry_id/0";

    private NetworkJobs() {}

    private record Aim(Target target, String url) {
        String line() {
            return target.name().toLowerCase(Locale.ROOT) + " " + url;
        }
    }

    /** From each pool: the cluster's DNS, the OSMO service and registries. */
    static Stream<Job> fromPools(ProbePlan plan) {
        List<Aim> aims = aims(plan);
        List<Job> jobs = new ArrayList<>();
        for (int pool = 0; pool < plan.pools().size(); pool++) {
            for (int from = 0; from < aims.size(); from += TARGETS_PER_POD) {
                jobs.add(network(
                        plan,
                        plan.pools().get(pool),
                        aims.subList(from, Math.min(aims.size(), from + TARGETS_PER_POD)),
                        pod(
                                plan,
                                "network-" + pool + "-" + from / TARGETS_PER_POD,
                                plan.pools().get(pool)),
                        findings -> findings.reaches));
            }
        }
        return jobs.stream();
    }

    /** From the namespace of workflows: the OSMO service. */
    static Stream<Job> fromWorkflows(ProbePlan plan) {
        Optional<ProbePool> compute =
                plan.pools().stream().filter(ProbePool::compute).min(Comparator.comparing(ProbePool::gpu));
        String namespace = plan.snapshot().expectations().workflowNamespace();
        return plan.service().stream()
                .flatMap(url -> compute.stream()
                        .map(pool -> network(
                                plan,
                                pool,
                                ofService(url, WORKFLOW_SOCKET),
                                targets -> plan.pods()
                                        .among(pod(plan, "workflow", pool).apply(targets), namespace),
                                findings -> findings.workflowReaches)));
    }

    /** From the operator's pool, or else any: whether an idle connection to the OSMO service is kept. */
    static Stream<Job> idle(ProbePlan plan) {
        Optional<ProbePool> operators = plan.pools().stream()
                .filter(pool -> !pool.compute())
                .findFirst()
                .or(() -> plan.pools().stream().findFirst());
        return plan.service().stream()
                .map(service -> service + "/api/version")
                .flatMap(url -> operators.stream()
                        .map(pool -> plan.job(
                                plan.script("idle", pool, Script.IDLE, Map.of("URL", url)),
                                (result, waited, warning, findings) -> findings.idle.add(new IdleFacts(
                                        pool.name(),
                                        url,
                                        result.ended(warning).flatMap(o -> Answers.idle(o.said())))))));
    }

    private static List<Aim> aims(ProbePlan plan) {
        Set<String> hosts = new LinkedHashSet<>(plan.probes().registries());
        Stream.concat(
                        plan.snapshot().expectations().pullSecrets().stream().map(Expectations.Registry::host),
                        plan.probes().images().stream().map(Images::registryOf))
                .map(host -> host.equals("docker.io") ? "registry-1.docker.io" : host)
                .forEach(hosts::add);
        List<Aim> aims = new ArrayList<>();
        aims.add(new Aim(Target.CLUSTER_DNS, "https://kubernetes.default.svc/version"));
        plan.service().ifPresent(url -> aims.addAll(ofService(url, OPERATOR_SOCKET)));
        hosts.forEach(host -> aims.add(new Aim(Target.REGISTRY, "https://" + host + "/v2/")));
        return aims;
    }

    private static List<Aim> ofService(String url, String socket) {
        return List.of(new Aim(Target.SERVICE, url + "/api/version"), new Aim(Target.WEBSOCKET, url + socket));
    }

    private static Function<String, Pod> pod(ProbePlan plan, String name, ProbePool pool) {
        return targets -> plan.script(name, pool, Script.NETWORK, Map.of("TARGETS", targets));
    }

    private static Job network(
            ProbePlan plan,
            ProbePool pool,
            List<Aim> aims,
            Function<String, Pod> pod,
            Function<Findings, List<ReachFacts>> into) {
        return plan.job(
                pod.apply(aims.stream().map(Aim::line).collect(Collectors.joining("\n"))),
                (result, waited, warning, findings) -> {
                    Fact<Map<Integer, Answer>> answers = result.ended(warning).map(o -> Answers.network(o.said()));
                    IntStream.range(0, aims.size())
                            .mapToObj(i -> reach(pool, aims.get(i), answers.flatMap(all -> answer(all, i))))
                            .forEach(into.apply(findings)::add);
                });
    }

    private static ReachFacts reach(ProbePool pool, Aim aim, Fact<Answer> answer) {
        return new ReachFacts(pool.name() + " " + aim.line(), pool.name(), aim.target(), aim.url(), answer);
    }

    private static Fact<Answer> answer(Map<Integer, Answer> answers, int number) {
        return Optional.ofNullable(answers.get(number)).map(Fact::of).orElseGet(Answers::unreadable);
    }
}
