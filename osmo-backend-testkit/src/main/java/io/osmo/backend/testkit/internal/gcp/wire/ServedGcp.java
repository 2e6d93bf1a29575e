// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.util.JsonFormat;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.testkit.cloud.ServedCloud;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.http.CloudServer;
import io.osmo.backend.testkit.internal.http.Pace;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Google Cloud for other processes: all services over HTTP, and over gRPC on another port those that the provider calls by gRPC. */
public final class ServedGcp implements ServedCloud {
    private static final Set<GcpService> GRPC = Set.of(GcpService.CONTAINER, GcpService.KMS, GcpService.BACKUP);

    private final CloudServer http;
    private final GrpcServer grpc;
    private final Map<String, String> environment;

    /** @param payloads types that can be inside an {@code Any} of a response, by service */
    public ServedGcp(
            GcpProject project,
            Dispatcher dispatcher,
            Map<String, JsonFormat.TypeRegistry> payloads,
            ToldClusters clusters,
            Pace pace,
            Duration perRequest) {
        GcpHttp services =
                new GcpHttp(dispatcher, new MetadataServer(project.id(), project.number()), payloads, clusters);
        http = new CloudServer(pace, perRequest, services::answer, url -> services.environment(url, project.id()));
        grpc = new GrpcServer(dispatcher, pace, clusters);
        environment = new TreeMap<>(http.environment());
        environment.put("OSMO_GCP_ENDPOINTS", endpoints());
    }

    private String endpoints() {
        return Stream.of(GcpService.values())
                .map(service -> service + "=" + endpoint(service))
                .collect(Collectors.joining(","));
    }

    private URI endpoint(GcpService service) {
        String name = service.serviceName();
        return GRPC.contains(service)
                ? URI.create("http://127.0.0.1:" + grpc.port())
                : http.url().resolve("/" + name.substring(0, name.indexOf('.')));
    }

    @Override
    public URI url() {
        return http.url();
    }

    @Override
    public Map<String, String> environment() {
        return new TreeMap<>(environment);
    }

    @Override
    public void close() {
        http.close();
        grpc.close();
    }
}
