// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.probe;

import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.Scheduler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which probes run, with which images, and for how long. Immutable. Probes run in a namespace of their own, made for one
 * verification and removed with everything in it when that ends, however it ends; what a crash leaves behind expires, and the
 * next verification after that removes it. Pods satisfy the restricted Pod Security Standard, mount no token, ask for little and
 * end by themselves at their deadline.
 *
 * <pre>{@code
 * BackendVerifier.standard().probes(Probes.builder(scheduler).build()).verify(backend);
 * }</pre>
 */
public final class Probes {
    /** Image of the pods, unless another one is set: the curl project's own, on Alpine Linux, for amd64 and arm64. */
    public static final String IMAGE = "docker.io/curlimages/curl:8.11.1";

    /** Image of the pods that ask for a GPU, unless another one is set. */
    public static final String GPU_IMAGE = "nvcr.io/nvidia/cuda:12.4.1-base-ubuntu22.04";

    /** Hosts that answer for nvcr.io, ghcr.io and docker.io, which a backend must reach (RG-1). */
    public static final List<String> REGISTRIES = List.of("nvcr.io", "ghcr.io", "registry-1.docker.io");

    private final Scheduler scheduler;
    private final Set<Probe> kinds;
    private final String image;
    private final String gpuImage;
    private final List<String> images;
    private final List<String> registries;
    private final Set<String> pools;
    private final List<Credential> credentials;
    private final Optional<String> authorities;
    private final Duration deadline;
    private final Duration scaleUpDeadline;
    private final Duration overall;

    private Probes(Builder builder) {
        scheduler = builder.scheduler;
        kinds = Set.copyOf(builder.kinds);
        image = builder.image;
        gpuImage = builder.gpuImage;
        images = List.copyOf(builder.images);
        registries = List.copyOf(builder.registries);
        pools = Set.copyOf(builder.pools);
        credentials = List.copyOf(builder.credentials);
        authorities = builder.authorities;
        deadline = builder.deadline;
        scaleUpDeadline = builder.scaleUpDeadline;
        overall = builder.overall;
    }

    /**
     * What pods pull with.
     *
     * @param registry host, with a port if it has one
     */
    public record Credential(String registry, String username, Secret password) {
        /** Name of its Secret. */
        public String secretName() {
            return PullSecret.defaultName(registry);
        }
    }

    /**
     * @param scheduler time and threads, such as {@link io.osmo.backend.spi.SystemScheduler}, or virtual time in tests; stays open
     */
    public static Builder builder(Scheduler scheduler) {
        return new Builder(scheduler);
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public boolean has(Probe kind) {
        return kinds.contains(kind);
    }

    public String image() {
        return image;
    }

    public String gpuImage() {
        return gpuImage;
    }

    /** Images to pull on each pool. */
    public List<String> images() {
        return images;
    }

    /** Hosts of registries to reach from each pool, with a port where it is not 443. */
    public List<String> registries() {
        return registries;
    }

    /** Whether a pool is probed. */
    public boolean covers(String pool) {
        return pools.isEmpty() || pools.contains(pool);
    }

    /** Credentials that pods pull with. */
    public List<Credential> credentials() {
        return credentials;
    }

    /** Certificates, as PEM, of authorities that pods trust beside those of their image. */
    public Optional<String> authorities() {
        return authorities;
    }

    /** How long each probe may take. */
    public Duration deadline() {
        return shorter(deadline, overall);
    }

    /** How long an empty pool may take to bring a node. */
    public Duration scaleUpDeadline() {
        return shorter(scaleUpDeadline, overall);
    }

    /** How long all probes together may take; they run at the same time. */
    public Duration overall() {
        return overall;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** What a probe may be told. Not safe for concurrent use. */
    public static final class Builder {
        private final Scheduler scheduler;
        private Set<Probe> kinds = EnumSet.complementOf(EnumSet.of(Probe.SCALE_FROM_ZERO, Probe.WORKFLOW_NAMESPACE));
        private String image = IMAGE;
        private String gpuImage = GPU_IMAGE;
        private final Set<String> images = new LinkedHashSet<>();
        private Set<String> registries = new LinkedHashSet<>(REGISTRIES);
        private final Set<String> pools = new LinkedHashSet<>();
        private final List<Credential> credentials = new ArrayList<>();
        private Optional<String> authorities = Optional.empty();
        private Duration deadline = Duration.ofMinutes(3);
        private Duration scaleUpDeadline = Duration.ofMinutes(10);
        private Duration overall = Duration.ofMinutes(15);

        private Builder(Scheduler scheduler) {
            this.scheduler = Objects.requireNonNull(scheduler);
        }

        /** Runs these kinds only. Default: all but {@link Probe#WORKFLOW_NAMESPACE} and {@link Probe#SCALE_FROM_ZERO}. */
        public Builder only(Probe first, Probe... more) {
            kinds = EnumSet.of(first, more);
            return this;
        }

        /** Runs {@link Probe#SCALE_FROM_ZERO} too. */
        public Builder scaleFromZero(Duration limit) {
            scaleUpDeadline = positive(limit);
            kinds.add(Probe.SCALE_FROM_ZERO);
            return this;
        }

        /** Runs {@link Probe#WORKFLOW_NAMESPACE} too: one pod in the namespace of workflows itself. */
        public Builder workflowNamespace() {
            kinds.add(Probe.WORKFLOW_NAMESPACE);
            return this;
        }

        /**
         * Trusts these authorities too, such as the one of a closed network that has signed the certificate of the OSMO service.
         *
         * @param certificates one or more, as PEM
         */
        public Builder trust(String certificates) {
            authorities = Optional.of(certificates);
            return this;
        }

        /**
         * Image of the pods, such as a mirror of {@link #IMAGE}. It must have sh, curl 7.88 or newer, and the usual text tools,
         * and must run as a user without a name in it.
         */
        public Builder image(String reference) {
            image = reference;
            return this;
        }

        /** Image of the pods that ask for a GPU, with sh and, as the NVIDIA runtime brings it, nvidia-smi. */
        public Builder gpuImage(String reference) {
            gpuImage = reference;
            return this;
        }

        /**
         * Pulls these images on each pool too, such as {@code nvcr.io/nvidia/osmo/client:6.3.0}. They are pulled afresh and not
         * run.
         */
        public Builder pull(String... references) {
            images.addAll(List.of(references));
            return this;
        }

        /** Reaches these registries in place of {@link #REGISTRIES}, such as the mirrors of a closed network. */
        public Builder registries(String... hosts) {
            registries = new LinkedHashSet<>(List.of(hosts));
            return this;
        }

        /** Probes only these pools, by the cloud's name of each. Default: all. */
        public Builder pools(String... names) {
            pools.addAll(List.of(names));
            return this;
        }

        /** Pulls with a credential too, which is put into a Secret of the probes' namespace for that time. */
        public Builder credential(String registry, String username, Secret password) {
            credentials.add(new Credential(registry, username, password));
            return this;
        }

        /** The same with those of a spec. */
        public Builder credentials(List<PullSecret> secrets) {
            secrets.forEach(s -> credential(s.registry(), s.username(), s.password()));
            return this;
        }

        /** How long each probe may take, 3 minutes unless set. */
        public Builder deadline(Duration limit) {
            deadline = positive(limit);
            return this;
        }

        /** How long all of them may take together, 15 minutes unless set; no other limit goes beyond it. */
        public Builder overall(Duration limit) {
            overall = positive(limit);
            return this;
        }

        /**
         * @throws IllegalArgumentException naming all images, hosts and certificates that are none
         */
        public Probes build() {
            List<String> wrong = Stream.of(
                            Stream.concat(images.stream(), Stream.of(image, gpuImage))
                                    .filter(reference -> !reference.matches("[a-z0-9][A-Za-z0-9._:/@-]*"))
                                    .map(reference -> "'" + reference + "' is no image"),
                            registries.stream()
                                    .filter(host -> !host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?"))
                                    .map(host -> "'" + host + "' is no host of a registry"),
                            authorities.stream()
                                    .filter(pem -> !areCertificates(pem))
                                    .map(pem -> "what is to be trusted is no certificate in PEM"))
                    .flatMap(Function.identity())
                    .toList();
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", wrong));
            }
            return new Probes(this);
        }

        /** What is more than certificates, such as a private key, goes into no pod. */
        private static boolean areCertificates(String pem) {
            String rest = pem.replaceAll("(?s)-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----", "");
            try {
                return !rest.contains("-----")
                        && !CertificateFactory.getInstance("X.509")
                                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                                .isEmpty();
            } catch (CertificateException e) {
                return false;
            }
        }

        private static Duration positive(Duration limit) {
            if (limit.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("a deadline is at least 1 s, not " + limit);
            }
            return limit;
        }
    }

    @Override
    public String toString() {
        return "Probes" + kinds;
    }
}
