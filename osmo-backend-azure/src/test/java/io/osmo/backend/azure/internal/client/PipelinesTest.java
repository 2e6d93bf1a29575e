// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.Context;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which calls a client of Azure repeats by itself. The emulated clouds have no such client: they show each refusal. */
class PipelinesTest {
    private HttpHeaders pause = new HttpHeaders().set(HttpHeaderName.fromString("retry-after-ms"), "10");
    private int calls;

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void the_first_read_is_repeated_when_azure_says(int status) {
        assertThat(statusOf(HttpMethod.GET, status, 200)).isEqualTo(200);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void a_read_that_stays_throttled_is_refused_after_three_repetitions() {
        assertThat(statusOf(HttpMethod.GET, 429, 429, 429, 429, 200)).isEqualTo(429);
        assertThat(calls).isEqualTo(4);
    }

    /** Whether a change has taken effect is for the engine to find out. */
    @ParameterizedTest
    @EnumSource(names = {"PUT", "PATCH", "POST", "DELETE"})
    void a_change_is_sent_once(HttpMethod method) {
        assertThat(statusOf(method, 429, 200)).isEqualTo(429);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void a_read_that_is_refused_for_another_reason_is_not_repeated() {
        assertThat(statusOf(HttpMethod.GET, 403, 200)).isEqualTo(403);
        assertThat(calls).isEqualTo(1);
    }

    /** The SDK would sleep until then, and nothing could cancel it. The engine waits without a thread, until the deadline. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 31536000",
                "Retry-After | 9223372036854775807",
                "Retry-After | Fri, 31 Dec 9999 23:59:59 GMT",
                "Retry-After | -5",
                "Retry-After | soon",
                "retry-after-ms | 31536000000",
                "x-ms-retry-after-ms | 31536000000"
            })
    @Timeout(60)
    void a_read_that_is_to_wait_for_ages_is_left_to_whoever_asked(String header, String value) {
        pause = new HttpHeaders().set(HttpHeaderName.fromString(header), value);

        assertThat(statusOf(HttpMethod.GET, 429, 200)).isEqualTo(429);
        assertThat(calls).isEqualTo(1);
    }

    private int statusOf(HttpMethod method, Integer... statuses) {
        Queue<Integer> answers = new ArrayDeque<>(List.of(statuses));
        HttpClient azure = new HttpClient() {
            @Override
            public Mono<HttpResponse> send(HttpRequest request) {
                return Mono.fromSupplier(() -> sendSync(request, Context.NONE));
            }

            @Override
            public HttpResponse sendSync(HttpRequest request, Context context) {
                calls++;
                return new Answer(request, answers.remove(), pause);
            }
        };
        return Pipelines.retryingReads(
                        azure, request -> Mono.just(new AccessToken("t", OffsetDateTime.MAX)), AzureEnvironment.AZURE)
                .sendSync(new HttpRequest(method, "https://management.azure.com/subscriptions/s"), Context.NONE)
                .getStatusCode();
    }

    /** An answer without a body. */
    private static final class Answer extends HttpResponse {
        private final int status;
        private final HttpHeaders headers;

        Answer(HttpRequest request, int status, HttpHeaders headers) {
            super(request);
            this.status = status;
            this.headers = headers;
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return getHeaders().getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.empty();
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.just(new byte[0]);
        }

        @Override
        public Mono<String> getBodyAsString() {
            return Mono.just("");
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.just("");
        }
    }
}
