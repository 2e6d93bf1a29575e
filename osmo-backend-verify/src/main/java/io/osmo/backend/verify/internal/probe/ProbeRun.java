// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.kubernetes.DockerConfig;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.probe.CallResult.Cause;
import io.osmo.backend.verify.internal.probe.CallResult.Failed;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of probes: removes what earlier runs left, creates a namespace and all pods in it, lists them every two seconds until
 * each has ended or its time is up, and removes the namespace. No thread is held between two looks.
 */
public final class ProbeRun {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRun.class);

    /** What a run may take beyond its own deadline, and what an interrupted run may take to remove what it created. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** How long other images wait for those of the pods that run. */
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Scheduler scheduler;
    private final Probes probes;
    private final ProbeNamespace namespace;
    private final List<Job> jobs;
    private final ClusterCalls calls;
    private final ProbeObjects objects;
    private final PodReader reader;
    private final Cleanup cleanup;
    private final Map<String, JobState> states = new ConcurrentHashMap<>();
    private final Set<String> due = ConcurrentHashMap.newKeySet();
    private volatile Instant started = Instant.MAX;
    private volatile boolean cancelled;

    private ProbeRun(KubernetesClient client, Probes probes, ClusterSnapshot snapshot, List<NodeFacts> nodes) {
        this.scheduler = probes.scheduler();
        this.probes = probes;
        this.namespace = ProbeNamespace.of(scheduler.random());
        ProbePods pods = new ProbePods(
                namespace,
                probes.credentials().stream().map(Probes.Credential::secretName).toList());
        this.jobs = ProbePlan.of(probes, snapshot, nodes, pods, new KaiObjects(namespace));
        this.calls = new ClusterCalls(scheduler);
        this.objects = new ProbeObjects(client, calls, namespace);
        this.reader = new PodReader(client, calls, namespace, jobs);
        this.cleanup = new Cleanup(client, calls, scheduler::now);
    }

    /**
     * Runs probes and waits for them.
     *
     * @param snapshot what is known of the cluster; probes follow its nodes
     * @return unknown if no probe could run
     * @throws CancellationException when the calling thread was interrupted; its interrupt flag is set again, and what was
     *     created is removed
     */
    public static Fact<ProbeFacts> run(KubernetesClient client, Probes probes, ClusterSnapshot snapshot) {
        return new Evidence(snapshot).nodes().flatMap(nodes -> new ProbeRun(client, probes, snapshot, nodes).await());
    }

    /** The least rights that probes need beyond those for reading, as YAML. */
    public static String rbac() {
        return Right.yaml();
    }

    private Fact<ProbeFacts> await() {
        CompletableFuture<Fact<ProbeFacts>> result = start();
        try (ShutdownHook hook = ShutdownHook.register(this::removeNow)) {
            return scheduler.await(result, probes.overall().plus(GRACE));
        } catch (TimeoutException e) {
            cancel(result);
            return Fact.unknown("the probes did not end within " + probes.overall());
        } catch (InterruptedException e) {
            cancel(result);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while probing; the probes' namespace is being removed");
        }
    }

    /** The process ends, such as by SIGTERM: nothing is waited for any more. */
    private void removeNow() {
        cancelled = true;
        if (objects.namespaceExists()) {
            cleanup.removeNow(namespace.name());
        }
    }

    /** Gives up, and waits until what was created is removed. */
    private void cancel(CompletableFuture<Fact<ProbeFacts>> result) {
        cancelled = true;
        try {
            scheduler.await(result, GRACE);
        } catch (TimeoutException | InterruptedException | RuntimeException e) {
            LOG.warn("Namespace {} may be left; a later run with probes removes it", namespace.name(), e);
        }
    }

    private CompletableFuture<Fact<ProbeFacts>> start() {
        return cleanup.removeExpired(scheduler.now())
                .thenCompose(
                        swept -> jobs.isEmpty() ? CompletableFuture.completedFuture(Fact.of(new Findings())) : work())
                .handle((found, failure) -> remove().thenApply(removed -> failure == null
                        ? found.map(findings -> findings.facts(cleanup.leftBehind()))
                        : Fact.<ProbeFacts>unknown("the probes failed: " + ClusterCalls.root(failure))))
                .thenCompose(last -> last);
    }

    private CompletableFuture<Void> remove() {
        return objects.namespaceExists() ? cleanup.remove(namespace.name()) : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Fact<Findings>> work() {
        return objects.createNamespace(scheduler.now(), probes.overall())
                .thenCompose(created -> created instanceof Failed<String> failed
                        ? unknown(failed)
                        : createSecrets().thenCompose(this::begin));
    }

    private static <T> CompletableFuture<Fact<T>> unknown(Failed<?> failed) {
        return CompletableFuture.completedFuture(Fact.unknown(failed.reason()));
    }

    /** The first failure, if there is one. */
    private CompletableFuture<Optional<Failed<?>>> createSecrets() {
        var secrets = probes.credentials().stream()
                .map(credential -> objects.create(List.of(new Job.Need(Right.CREATE_SECRETS, secret(credential)))))
                .toList();
        return ClusterCalls.all(secrets)
                .thenApply(done -> secrets.stream()
                        .map(CompletableFuture::join)
                        .<Failed<?>>mapMulti((result, failures) -> {
                            if (result instanceof Failed<?> failed) {
                                failures.accept(failed);
                            }
                        })
                        .findFirst());
    }

    private Secret secret(Probes.Credential pull) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(pull.secretName())
                .withNamespace(namespace.name())
                .withLabels(namespace.labels())
                .endMetadata()
                .withType(DockerConfig.TYPE)
                .addToStringData(DockerConfig.KEY, DockerConfig.json(pull.registry(), pull.username(), pull.password()))
                .build();
    }

    /** Without its pull secrets no pod is created. */
    private CompletableFuture<Fact<Findings>> begin(Optional<Failed<?>> withoutSecret) {
        JobState first = withoutSecret
                .<JobState>map(failed -> new JobState.Over(new JobResult.NotCreated(failed), Duration.ZERO))
                .orElse(new JobState.Waiting(scheduler.now()));
        started = scheduler.now();
        jobs.forEach(job -> states.put(job.name(), first));
        return look();
    }

    private CompletableFuture<Fact<Findings>> look() {
        if (cancelled) {
            return conclude();
        }
        decideWhatIsDue();
        return createMissing().thenCompose(created -> reader.pods()).thenCompose(pods -> {
            if (pods instanceof Failed<Map<String, Pod>> failed && failed.cause() == Cause.NO_RIGHT) {
                return unknown(failed);
            }
            // An API server that does not answer once is asked again.
            jobs.stream()
                    .filter(job -> due.contains(job.name()))
                    .forEach(job -> states.computeIfPresent(
                            job.name(), (name, before) -> before.seen(job, pods, scheduler.now())));
            boolean over = jobs.stream().allMatch(job -> state(job) instanceof JobState.Over);
            return cancelled || over ? conclude() : calls.later(this::look);
        });
    }

    private CompletableFuture<Void> createMissing() {
        return ClusterCalls.all(jobs.stream()
                .filter(job -> state(job) instanceof JobState.Waiting && due.contains(job.name()))
                .map(job -> objects.create(job.objects())
                        .thenAccept(result ->
                                states.computeIfPresent(job.name(), (name, before) -> before.created(result))))
                .toList());
    }

    /**
     * A kubelet pulls one image after the other and waits for an image that its registry does not send. So other images are pulled
     * only after the running pods have theirs, or have waited for a long time.
     */
    private void decideWhatIsDue() {
        Instant now = scheduler.now();
        boolean running = jobs.stream()
                .filter(job -> job.image().equals(probes.image()))
                .allMatch(job -> state(job).hasImage());
        for (Job job : jobs) {
            boolean first = job.image().equals(probes.image());
            if ((first || running || !now.isBefore(started.plus(LONG))) && due.add(job.name())) {
                states.computeIfPresent(
                        job.name(),
                        (name, state) -> state instanceof JobState.Waiting ? new JobState.Waiting(now) : state);
            }
        }
    }

    private JobState state(Job job) {
        return Objects.requireNonNull(states.get(job.name()));
    }

    private CompletableFuture<Fact<Findings>> conclude() {
        return reader.warnings().thenApply(warnings -> {
            Findings findings = new Findings();
            for (Job job : jobs) {
                JobState end = state(job);
                job.lesson().learn(end.result(), end.waited(), warnings.getOrDefault(job.name(), ""), findings);
            }
            return Fact.of(findings);
        });
    }
}
