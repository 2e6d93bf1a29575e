// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.wire;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.ArmResponse;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Takes the place of the network between the SDK and the emulator. */
public final class ArmHttpClient implements HttpClient {
    private final Function<ArmRequest, ArmResponse> arm;

    public ArmHttpClient(Function<ArmRequest, ArmResponse> arm) {
        this.arm = arm;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> exchange(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return exchange(request);
    }

    private HttpResponse exchange(HttpRequest request) {
        URL url = request.getUrl();
        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        BinaryData body = request.getBodyAsBinaryData();
        ArmResponse response = arm.apply(new ArmRequest(
                request.getHttpMethod().toString(),
                url.getProtocol() + "://" + url.getAuthority(),
                url.getPath(),
                query(url.getQuery() == null ? "" : url.getQuery()),
                headers,
                body == null ? "" : body.toString()));
        return new ArmHttpResponse(request, response);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String part : raw.split("&", -1)) {
            int equal = part.indexOf('=');
            if (equal > 0) {
                query.put(decode(part.substring(0, equal)).toLowerCase(Locale.ROOT), decode(part.substring(equal + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
