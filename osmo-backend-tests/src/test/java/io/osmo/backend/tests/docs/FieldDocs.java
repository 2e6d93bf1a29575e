// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the table of fields in {@code docs/spec.md} says of each field. */
final class FieldDocs {
    private static final String TABLE = "| field | meaning | allowed | default | requirement |\n";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern ONE_VALUE = Pattern.compile("`([^`]+)`|(\\d+)");

    private final Map<String, Row> rows = new HashMap<>();

    /** The last list of mappings: an ellipsis before a field stands for it. */
    private String list = "";

    /** A row of the table, as plain text but for the default. */
    private record Row(String meaning, String allowed, String standard) {}

    FieldDocs(String page) {
        String table = page.substring(page.indexOf(TABLE) + TABLE.length());
        table.lines().skip(1).takeWhile(line -> line.startsWith("|")).forEach(this::add);
    }

    private void add(String line) {
        String[] cells = line.split("\\|");
        Row row = new Row(cells[2].strip(), cells[3].strip(), cells[4].strip());
        Matcher names = CODE.matcher(cells[1]);
        while (names.find()) {
            String name = names.group(1);
            if (name.startsWith("…")) {
                rows.put(list + "." + name.substring(1), row);
            } else {
                list = name.endsWith("[]") ? name.replace("[]", "") : list;
                rows.put(name.replace("[]", ""), row);
            }
        }
    }

    /** A description of a field: that of its own row, or of the one that it is part of. */
    Optional<String> description(String path) {
        return rowOf(path).map(row -> {
            StringBuilder text = new StringBuilder(sentence(row.meaning()));
            if (!row.allowed().isEmpty()) {
                text.append(" Allowed: ").append(plain(row.allowed())).append('.');
            }
            if (!row.standard().isEmpty() && !row.standard().equals("required")) {
                text.append(" Default: ").append(plain(row.standard())).append('.');
            }
            return text.toString();
        });
    }

    /** The default of a field, where it is one value in every profile. */
    Optional<String> standard(String path) {
        return Optional.ofNullable(rows.get(key(path))).flatMap(row -> {
            Matcher value = ONE_VALUE.matcher(row.standard());
            return value.matches()
                    ? Optional.of(value.group(1) == null ? value.group(2) : value.group(1))
                    : Optional.empty();
        });
    }

    private Optional<Row> rowOf(String path) {
        String key = key(path);
        if (rows.containsKey(key)) {
            return Optional.of(rows.get(key));
        }
        int dot = key.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : rowOf(key.substring(0, dot));
    }

    /** The page has one row for the fields that all pools have. */
    private static String key(String path) {
        return path.replace("[]", "").replaceFirst("^operatorPool\\.", "computePools.");
    }

    private static String sentence(String text) {
        String plain = plain(text);
        return Character.toUpperCase(plain.charAt(0)) + plain.substring(1) + ".";
    }

    static String plain(String markdown) {
        return markdown.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "");
    }
}
