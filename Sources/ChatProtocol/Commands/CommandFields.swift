/// What the families of commands have in common: fields in, fields out.
protocol CommandFields {
    init(_ fields: borrowing FormFields, of request: RawRequest) throws(ProtocolError)
    func encode(into form: inout FormWriter)
}
