// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.registry;

import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.RegistryHttp;
import io.osmo.backend.spi.RegistryHttp.Answer;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.http.RegistryChallenge;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.NoAnswer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Tries each pull secret at its registry, whatever the provider: the handshake for a token and the root of the API, as every pull begins,
 * but nothing is pulled. See <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">the API of registries</a>.
 */
public final class RegistryCheck {
    private static final String CHECK = "preflight.registry";

    /** Docker Hub serves its API elsewhere. */
    private static final Map<String, String> HOSTS =
            Map.of("docker.io", "registry-1.docker.io", "index.docker.io", "registry-1.docker.io");

    private final RegistryHttp http;

    public RegistryCheck(RegistryHttp http) {
        this.http = http;
    }

    /** One finding for each pull secret, all asked at the same time. */
    public CompletableFuture<List<PreflightFinding>> run(Scheduler scheduler, BackendSpec spec) {
        return Futures.all(spec.pullSecrets().stream()
                .map(secret -> scheduler.call(() -> ask(secret)))
                .toList());
    }

    private PreflightFinding ask(PullSecret secret) {
        String registry = secret.registry().split("/", 2)[0];
        try {
            return ask(secret, registry);
        } catch (UncheckedIOException silent) {
            return finding(
                    Status.UNKNOWN,
                    registry + " could not be asked: " + NoAnswer.of(silent).describe(silent),
                    "Check its name, and that this machine reaches it; the nodes need it too.");
        } catch (IllegalArgumentException noName) {
            return finding(
                    Status.FAIL,
                    registry + " is not the name of a host",
                    "Name a host in pullSecrets, such as nvcr.io or registry.example.com:5000.");
        }
    }

    private PreflightFinding ask(PullSecret secret, String registry) {
        String host = HOSTS.getOrDefault(registry, registry);
        boolean plain = isLoopback(host);
        URI root = URI.create((plain ? "http://" : "https://") + host + "/v2/");
        Answer open = http.get(root, Optional.empty());
        if (open.status() == 200) {
            return finding(Status.PASS, registry + " asks for no credentials", "");
        }
        Optional<RegistryChallenge> challenge = RegistryChallenge.of(open.challenges());
        if (open.status() != 401 || challenge.isEmpty()) {
            return unexpected(registry, root, open);
        }
        String basic = basic(secret);
        if (!challenge.get().wantsToken()) {
            return judge(secret, registry, root, http.get(root, Optional.of(basic)));
        }
        Optional<URI> address = challenge.get().tokenAddress("account", secret.username(), plain);
        if (address.isEmpty()) {
            return finding(
                    Status.UNKNOWN,
                    registry + " names no address with TLS at which it gives tokens, so no password was sent",
                    "Check the name of the registry.");
        }
        Answer given = http.get(address.get(), Optional.of(basic));
        Optional<String> token = given.status() == 200 ? RegistryChallenge.token(given.body()) : Optional.empty();
        return token.isPresent()
                ? judge(secret, registry, root, http.get(root, Optional.of("Bearer " + token.get())))
                : judge(secret, registry, address.get(), given);
    }

    private static PreflightFinding judge(PullSecret secret, String registry, URI asked, Answer answer) {
        return switch (answer.status()) {
            case 401, 403 ->
                finding(
                        Status.FAIL,
                        registry + " refuses the credentials of " + secret.username() + " (status " + answer.status()
                                + " of " + asked.getHost() + ")",
                        "Make a new key for the registry, or correct user name and password of the pull secret "
                                + secret.secretName() + ".");
            case 200 ->
                RegistryChallenge.token(answer.body()).isPresent()
                                || asked.getPath().equals("/v2/")
                        ? finding(Status.PASS, registry + " accepts the credentials of " + secret.username(), "")
                        : unexpected(registry, asked, answer);
            default -> unexpected(registry, asked, answer);
        };
    }

    private static PreflightFinding unexpected(String registry, URI asked, Answer answer) {
        return finding(
                Status.UNKNOWN,
                registry + " answers as no image registry does: status " + answer.status() + " of " + asked.getHost()
                        + asked.getPath(),
                "Check the name of the registry, or try again later.");
    }

    private static String basic(PullSecret secret) {
        String both = secret.username() + ":" + secret.password().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** Container runtimes use plain HTTP for registries on their own machine only. */
    private static boolean isLoopback(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return name.equals("localhost") || name.startsWith("127.");
    }

    private static PreflightFinding finding(Status status, String message, String remedy) {
        return new PreflightFinding(CHECK, status, Optional.of(Requirement.RG_3.id()), message, remedy);
    }
}
