// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.osmo.backend.internal.text.ForeignText;
import io.osmo.backend.spec.BackendRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored form of an estimate. Sums are written for programs that read no lines; they are computed again when it is read. */
final class CostJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CostJson() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Document(
            String provider,
            String region,
            String name,
            @Nullable String currency,
            String hourlyMinimum,
            String hourlyMaximum,
            boolean complete,
            String source,
            @Nullable String readAt,
            List<Line> lines,
            List<String> missing) {}

    private record Line(
            String item,
            String unit,
            long least,
            long most,
            String lowestPrice,
            String highestPrice,
            String minimum,
            String maximum,
            String note) {}

    static String write(CostEstimate cost) {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(new Document(
                            cost.ref().provider(),
                            cost.ref().region(),
                            cost.ref().name(),
                            cost.currency().orElse(null),
                            text(cost.hourlyMinimum()),
                            text(cost.hourlyMaximum()),
                            cost.complete(),
                            cost.source(),
                            cost.readAt().map(Instant::toString).orElse(null),
                            cost.lines().stream().map(CostJson::line).toList(),
                            cost.missing()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Line line(CostLine line) {
        return new Line(
                line.item(),
                line.unit(),
                line.least(),
                line.most(),
                text(line.lowestPrice()),
                text(line.highestPrice()),
                text(line.minimum()),
                text(line.maximum()),
                line.note());
    }

    private static String text(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    static CostEstimate read(String text) {
        try {
            Document document = JSON.readValue(ForeignText.withoutByteOrderMark(text), Document.class);
            return new CostEstimate(
                    new BackendRef(document.provider(), document.region(), document.name()),
                    Optional.ofNullable(document.currency()).filter(currency -> !currency.isEmpty()),
                    document.source(),
                    Optional.ofNullable(document.readAt()).map(Instant::parse),
                    document.lines().stream().map(CostJson::line).toList(),
                    document.missing());
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("this is not what CostEstimate.toJson() writes", e);
        }
    }

    private static CostLine line(Line line) {
        return new CostLine(
                line.item(),
                line.unit(),
                line.least(),
                line.most(),
                new BigDecimal(line.lowestPrice()),
                new BigDecimal(line.highestPrice()),
                line.note());
    }
}
