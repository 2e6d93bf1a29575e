// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;

/** Plain data as YAML for people: quotes only where a text could be read as something else. */
public final class PlainYaml {
    private PlainYaml() {}

    /** @throws JsonProcessingException if it is not plain data */
    public static String write(Object data) throws JsonProcessingException {
        YAMLFactory factory = YAMLFactory.builder()
                .stringQuotingChecker(new QuoteUnlessPlain())
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        return new YAMLMapper(factory).writer().writeValueAsString(data);
    }

    /** Quotes every text that might be read as a number: the default one overlooks hexadecimal and sexagesimal ones. */
    private static final class QuoteUnlessPlain extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1;

        @Override
        public boolean needToQuoteValue(String value) {
            return value.isEmpty() || !Character.isLetter(value.charAt(0)) || super.needToQuoteValue(value);
        }
    }
}
