/**
 * Who may use what: the interface that decides, the built-in ones, and the gate that every token passes when it is
 * issued, refreshed and introspected. Knows neither HTTP nor SQL; what it judges is handed in.
 */
@NullMarked
package dev.symbolon.policy;

import org.jspecify.annotations.NullMarked;
